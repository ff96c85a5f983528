import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

import { describe, expect, it, vi } from 'vitest';

import { at, document, experiment, inEmptyFolders, ISO, lines, place } from '../local.fixture.js';
import { Experiment } from './experiment.js';

inEmptyFolders();

describe('a run', () => {
  it('is a context that completes, with every field of its description', async () => {
    const exp = experiment('ann/digits/cnn/first', { readme: 'why', tags: ['a'], bindrs: ['b'], metadata: { gpu: 1 } });
    expect([exp.owner, exp.project, exp.folder, exp.name, exp.mode]).toEqual([
      'ann',
      'digits',
      'cnn',
      'first',
      'local',
    ]);
    const answer = await exp.run((same) => {
      expect(same).toBe(exp);
      expect(document('experiment.json')['status']).toBe('RUNNING');
      return 42;
    });
    expect(answer).toBe(42);
    expect(document('experiment.json')).toEqual({
      name: 'first',
      project: 'digits',
      description: 'why',
      tags: ['a'],
      bindrs: ['b'],
      prefix: 'ann/digits/cnn/first',
      metadata: { gpu: 1 },
      created_at: ISO,
      updated_at: ISO,
      write_protected: false,
      status: 'COMPLETED',
    });
    expect(exp.run.status).toBe('COMPLETED');
  });

  it('fails when its work throws, and the error goes on', async () => {
    const exp = experiment();
    await expect(exp.run(() => Promise.reject(new Error('nan loss')))).rejects.toThrow('nan loss');
    expect(document('experiment.json')['status']).toBe('FAILED');
  });

  it('wraps functions and decorates methods, with their arguments', async () => {
    const exp = experiment();
    const train = exp.run.wrap((given, epochs: number) => {
      given.log(`epochs ${epochs}`);
      return epochs * 2;
    });
    expect(await train(3)).toBe(6);
    expect(await train(4)).toBe(8);
    class Trainer {
      rate = 0.5;
      fit = exp.run.wrap(function (this: Trainer, _given: Experiment, epochs: number) {
        return this.rate * epochs;
      });
    }
    expect(await new Trainer().fit(10)).toBe(5);
    expect(lines('logs', 'logs.jsonl').map(({ message }) => message)).toEqual(['epochs 3', 'epochs 4']);
  });

  it('starts and ends by hand; opening again keeps what is there', async () => {
    const exp = experiment('ann/digits/cnn/first', { readme: 'first words' });
    await exp.run.start();
    exp.log('one');
    await exp.run.cancel();
    expect(document('experiment.json')['status']).toBe('CANCELLED');
    const again = experiment('ann/digits/cnn/first', { tags: ['new'] });
    // Nobody has to wait for a folder.
    void again.run.start();
    again.log('two');
    await again.run.complete();
    expect(document('experiment.json')).toMatchObject({
      description: 'first words',
      tags: ['new'],
      status: 'COMPLETED',
    });
    expect(lines('logs', 'logs.jsonl').map(({ sequenceNumber }) => sequenceNumber)).toEqual([0, 1]);
    expect(readFileSync(at('logs', '.log_sequence'), 'utf8')).toBe('2');
  });

  it('refuses writes before its start, after its end, and when it is write-protected', async () => {
    const exp = experiment();
    for (const write of [() => exp.log('x'), () => exp.params.set({ a: 1 }), () => exp.metrics('m').log({ a: 1 })])
      expect(write).toThrow('The experiment has not started');
    await exp.run(() => undefined);
    expect(() => exp.log('x')).toThrow('The experiment is COMPLETED');
    writeFileSync(at('experiment.json'), JSON.stringify({ ...document('experiment.json'), write_protected: true }));
    await exp.run.start();
    expect(() => exp.params.set({ a: 1 })).toThrow('write-protected');
    await expect(exp.files.saveText('x', 'a.txt')).rejects.toThrow('write-protected');
    expect(await exp.params.get()).toEqual({});
    await exp.run.complete();
    expect(document('experiment.json')['status']).toBe('COMPLETED');
  });

  it('fills placeholders; with two segments the project is the name', () => {
    const exp = experiment('{EXP.user}/digits/{EXP.date}/{EXP.id}');
    expect(exp.prefix).toMatch(/^[^/]+\/digits\/\d{8}\/\d{19}$/);
    expect(experiment('ann/digits')).toMatchObject({ name: 'digits', project: 'digits', folder: '' });
    expect(new Experiment({ dashRoot: place.root }).prefix).toMatch(/^[^/]+\/scratch\/\d{8}\//);
    expect(() => experiment('a/b/{EXP.__proto__}')).toThrow('stands for nothing');
    expect(() => experiment('a/b/{EXP.secret}')).toThrow('stands for nothing');
  });

  it.each(['ann', '', 'ann/../../etc/x', 'a/./b', 'a/b\\c', 'a/b\u0000', `a/${'x'.repeat(256)}`])(
    'refuses the prefix %j',
    (prefix) => {
      expect(() => experiment(prefix === '' ? '/' : prefix)).toThrow(RangeError);
      expect(readdirSync(place.root)).toEqual([]);
    },
  );
});

describe('parameters', () => {
  it('merge, flat on disk, nested on demand', async () => {
    const exp = experiment();
    await exp.run(async () => {
      exp.params.set({ lr: 0.1, model: { name: 'cnn', layers: [1, 2] } }).log({ model: { name: 'mlp' } });
      expect(await exp.params.get()).toEqual({ lr: 0.1, 'model.name': 'mlp', 'model.layers': [1, 2] });
      expect(await exp.params.get({ flatten: false })).toEqual({ lr: 0.1, model: { name: 'mlp', layers: [1, 2] } });
    });
    expect(document('parameters.json')).toEqual({
      version: 2,
      data: { lr: 0.1, 'model.name': 'mlp', 'model.layers': [1, 2] },
      createdAt: ISO,
      updatedAt: ISO,
    });
  });
});

describe('logs', () => {
  it('carry levels and metadata in every way of calling', async () => {
    const exp = experiment();
    await exp.run(() => {
      exp.log('plain');
      exp.log('low', 'WARN', { gpu: 1 });
      exp.log('both', { level: 'error', metadata: { a: 1 }, b: 2 });
      exp.logs.fatal('end', { code: 500 });
      expect(() => exp.log('x', 'loud')).toThrow(RangeError);
    });
    expect(lines('logs', 'logs.jsonl')).toEqual([
      { sequenceNumber: 0, timestamp: ISO, level: 'info', message: 'plain' },
      expect.objectContaining({ level: 'warn', message: 'low', metadata: { gpu: 1 } }) as object,
      expect.objectContaining({ level: 'error', message: 'both', metadata: { a: 1, b: 2 } }) as object,
      expect.objectContaining({ level: 'fatal', message: 'end', metadata: { code: 500 } }) as object,
    ]);
  });

  it('are printed, the grave ones on standard error', async () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const bad = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await experiment('ann/digits/cnn/first', { echo: true }).run((exp) => {
      exp.log('ready', { epoch: 1, name: 'x' });
      exp.logs.error('broken');
    });
    const said = [out.mock.calls.flat(), bad.mock.calls.flat()];
    vi.restoreAllMocks();
    expect(said).toEqual([['[INFO] ready [epoch=1, name=x]\n'], ['[ERROR] broken\n']]);
  });
});

describe('tracks', () => {
  it('are entries in time, merged where the time is the same', async () => {
    const exp = experiment();
    await exp.run(async () => {
      exp
        .tracks('robot/arm')
        .append({ q: [1, 2], _ts: 2 })
        .append({ v: { x: 1 }, _ts: -1 })
        .append({ q: [0], _ts: 1 });
      expect(await exp.tracks('robot/arm').read()).toEqual([
        { timestamp: 1, q: [0] },
        { timestamp: 2, q: [1, 2], 'v.x': 1 },
      ]);
      expect(await exp.tracks('robot/arm').read({ start: 1.5, columns: ['v.x'] })).toEqual([
        { timestamp: 2, 'v.x': 1 },
      ]);
      expect(await exp.tracks.list('robot/*')).toEqual([
        { topic: 'robot/arm', totalEntries: 3, columns: ['q', 'v.x'], firstTimestamp: 1, lastTimestamp: 2 },
      ]);
      expect(await exp.tracks.list('camera/*')).toEqual([]);
    });
    expect(document('tracks', 'robot_arm', 'metadata.json')).toMatchObject({
      trackId: 'local-track-robot_arm',
      totalEntries: 3,
    });
  });
});
