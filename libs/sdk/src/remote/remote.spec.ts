import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { log, RemoteTest, upTo } from './remote.fixture.js';

const test = new RemoteTest();

describe('a run at a server', () => {
  it('is opened as the Python client does it, and everything arrives', async () => {
    const exp = test.experiment({ readme: 'why', tags: ['a'], bindrs: ['b'], metadata: { gpu: 1 }, token: 'secret' });
    expect(exp.mode).toBe('remote');
    await exp.run(async () => {
      expect([exp.id, exp.data]).toEqual(['e1', expect.objectContaining({ node: { id: 'n1' } }) as object]);
      exp.params.set({ lr: 0.1, model: { name: 'x' } }).set({ lr: 0.2 });
      exp.log('ready', { level: 'warn', gpu: 1 });
      log(exp, 0, 3);
      exp.metrics('a/b').log({ loss: Number.NaN });
      exp.metrics.log({ epoch: 1 });
      exp.tracks('t').append({ x: 1, _ts: 2 });
      expect(await exp.flush()).toEqual({ waiting: 0 });
      expect(test.losses()).toEqual([0, 1, 2]);
      expect(await exp.params.get()).toEqual({ lr: 0.2, 'model.name': 'x' });
      expect((await exp.metrics('train').read({ startIndex: 1 })).data.map(({ index, data }) => [index, data['loss']])).toEqual([[1, 1], [2, 2]]); // prettier-ignore
      expect(await exp.metrics('train').stats()).toMatchObject({
        count: 3,
        firstValue: 0,
        lastValue: 2,
        totalDataPoints: '3',
      });
      expect(await exp.metrics('none').read()).toMatchObject({ data: [], total: 0 });
      await expect(exp.metrics('none').stats()).rejects.toThrow('There is no metric');
      expect(new Set((await exp.metrics.list()).map(({ name }) => name))).toEqual(new Set(['train', 'a/b', null]));
      expect(await exp.tracks('t').read()).toEqual([{ x: 1, timestamp: 2 }]);
      expect(test.server.status).toBe('');
    });
    expect(test.server.nodes).toEqual([
      { type: 'PROJECT', name: 'digits', slug: 'digits' },
      { type: 'FOLDER', projectId: 'p1', parentId: 'ROOT', name: 'cnn' },
      {
        type: 'EXPERIMENT',
        name: 'first',
        parentId: 'f1',
        projectId: 'p1',
        description: 'why',
        tags: ['a'],
        bindrs: ['b'],
        metadata: { gpu: 1 },
      },
    ]);
    expect(test.server.rows('a/b')[0]!['loss']).toBeNaN();
    expect(test.server.rows('None')).toMatchObject([{ epoch: 1 }]);
    expect(test.server.logs).toMatchObject([{ level: 'warn', message: 'ready', metadata: { gpu: 1 } }]);
    expect(test.server.status).toBe('COMPLETED');
    expect(test.server.taken.at(-1)).toBe('PATCH /api/nodes/n1');
    expect(new Set(test.server.tokens)).toEqual(new Set(['Bearer secret']));
    expect(test.waiting()).toEqual([]);
  });

  it('batches: one request for what is logged together, more for much', async () => {
    vi.stubEnv('ML_DASH_METRIC_BATCH_SIZE', '10');
    await test.experiment().run((exp) => log(exp, 0, 25));
    expect(test.losses()).toEqual(upTo(25));
    expect(test.server.taken.filter((one) => one.includes('append-batch'))).toHaveLength(3);
  });

  it('leaves by itself after a while', async () => {
    vi.stubEnv('ML_DASH_FLUSH_INTERVAL', '0.02');
    await test.experiment().run(async (exp) => {
      log(exp, 0, 1);
      await vi.waitFor(() => expect(test.losses()).toEqual([0]), { timeout: 60_000 });
    });
  });

  it('is said to have failed when its work throws', async () => {
    await expect(test.experiment().run(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(test.server.status).toBe('FAILED');
  });

  it('keeps files as they are and sends them beside', async () => {
    const exp = test.experiment();
    const source = join(test.home, 'w.txt');
    writeFileSync(source, 'one');
    await exp.run(async () => {
      const saved = await exp
        .files('models/best', { tags: ['t', 'u'], bindrs: ['v1'], metadata: { epoch: 1 } })
        .save(source);
      expect(saved).toMatchObject({ id: 'pending', status: 'queued', sizeBytes: 3 });
      writeFileSync(source, 'two');
      const [file] = await exp.files.list();
      expect(file).toMatchObject({
        path: '/models/best',
        filename: 'w.txt',
        tags: ['t', 'u'],
        bindrs: ['v1'],
        metadata: { epoch: 1 },
        checksum: saved.checksum,
        sizeBytes: 3,
      });
      expect(await exp.files('models/best/w.txt').readText()).toBe('one');
      await exp.files('models/best').save(source);
      expect(await exp.files('models/best/w.txt').readText()).toBe('two');
      expect(await exp.files('models/best/w.txt', { description: 'new' }).update()).toMatchObject({
        description: 'new',
      });
      test.server.files[0]!.bytes = 'altered';
      await expect(exp.files('models/best/w.txt').download(join(test.home, 'copy'))).rejects.toThrow('SHA-256');
      expect(await exp.files('models/best/w.txt').delete()).toMatchObject({ deletedAt: 'now' });
      expect(await exp.files.list()).toEqual([]);
    });
    expect(
      readdirSync(join(test.home, 'spool'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /files\/.+/.test(name),
      ),
    ).toEqual([]);
  });
});

describe('tokens', () => {
  it('that are missing are an error at the start which says what to do', async () => {
    test.server.mood = 'closed';
    await expect(test.experiment().run.start()).rejects.toThrow(/lets nobody in without its token.*login/);
  });

  it('that expire in mid-run lose nothing: the renewed one is found', async () => {
    await test.experiment().run(async (exp) => {
      test.server.mood = 'closed';
      log(exp, 0, 3);
      expect(await exp.flush({ timeoutMs: 50 })).toEqual({ waiting: 3 });
      writeFileSync(join(test.home, 'tokens.json'), JSON.stringify({ 'ml-dash-token': 'renewed' }));
    });
    expect(test.losses()).toEqual(upTo(3));
    expect(test.server.tokens.at(-1)).toBe('Bearer renewed');
  });
});

describe('a folder and a server', () => {
  it('have the same', async () => {
    const root = join(test.home, 'dash');
    const exp = test.experiment({ dashRoot: root });
    expect(exp.mode).toBe('hybrid');
    await exp.run(async () => {
      log(exp, 0, 3);
      exp.params.set({ a: 1 });
      const saved = await exp.files('m').saveText('x', 'x.txt');
      expect(saved.id).toMatch(/^\d{19}$/);
      test.server.mood = 'away';
      expect((await exp.metrics('train').read()).total).toBe(3);
      test.server.mood = 'up';
      await exp.files({ fileId: saved.id, description: 'd' }).update();
      expect(test.server.files[0]!.form['description']).toBe('d');
      await exp.files({ fileId: saved.id }).delete();
    });
    expect(test.server.files).toEqual([]);
    expect(test.losses()).toEqual(upTo(3));
    expect(
      readFileSync(join(root, 'ann/digits/cnn/first/metrics/train/data.jsonl'), 'utf8').trimEnd().split('\n'),
    ).toHaveLength(3);
  });
});

it('an address that is none is refused at once', () => {
  expect(() => test.experiment({ dashUrl: 'localhost:8000' })).toThrow(RangeError);
  vi.stubEnv('ML_DASH_FLUSH_INTERVAL', 'soon');
  expect(() => test.experiment()).toThrow('ML_DASH_FLUSH_INTERVAL');
});
