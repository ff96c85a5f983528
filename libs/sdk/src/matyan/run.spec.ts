import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { sendWaiting } from '../remote/send-waiting.js';
import { Audio, Distribution, Figure, Image, Text } from './media.js';
import { Repo } from './repo.js';
import { Run, type RunOptions } from './run.js';
import { FakeMatyan } from './server.fixture.js';

let server: FakeMatyan;
let home: string;
beforeEach(async () => {
  server = new FakeMatyan();
  await server.start();
  home = await mkdtemp(join(tmpdir(), 'millrace-sdk-run-'));
  vi.stubEnv('ML_DASH_HOME', home);
  vi.stubEnv('ML_DASH_RETRY_BASE_DELAY', '0.01');
  vi.stubEnv('ML_DASH_RETRY_MAX_DELAY', '0.05');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await server.stop();
  await rm(home, { recursive: true, force: true });
});
const opened = (options: RunOptions = {}): Run => new Run({ repo: server.url, captureTerminalLogs: false, ...options });
const waiting = (): string[] =>
  existsSync(join(home, 'spool'))
    ? readdirSync(join(home, 'spool'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'))
    : [];

describe('a run', () => {
  it('says what it is, logs, and ends', async () => {
    const run = opened({ experiment: 'digits' });
    expect(run.hash).toMatch(/^[0-9a-f]{32}$/);
    expect(run.active).toBe(true);
    run.name = 'first';
    run.set('hparams', { lr: 0.1 });
    run.set('hparams.model.size', 3);
    run.addTag('a');
    run.add_tag('b');
    run.removeTag('a');
    run.track(1, { name: 'loss', context: { subset: 'train' } });
    run.track(0.5, 'loss', { context: { subset: 'train' } });
    run.track(Number.NaN, { name: 'loss', step: 10, epoch: 2 });
    run.track(3, { name: 'loss' });
    run.log_info('hello', { gpu: 1 });
    run.logError('bad');
    expect(run.name).toBe('first');
    expect(await run.get('hparams.model.size')).toBe(3);
    await run.close();
    await run.close();
    expect(run.active).toBe(false);
    expect(server.messages[0]).toMatchObject({ type: 'create_run', force_resume: false });
    expect(server.of('set_run_property')).toEqual([
      { type: 'set_run_property', experiment: 'digits' },
      { type: 'set_run_property', name: 'first' },
    ]);
    expect(server.of('log_hparams').map(({ value }) => value)).toEqual([
      { hparams: { lr: 0.1 } },
      { hparams: { model: { size: 3 } } },
    ]);
    const points = server.of('log_metric').map(({ value, step, epoch, context }) => [value, step, epoch, context]);
    expect(points).toEqual([
      [1, 0, null, { subset: 'train' }],
      [0.5, 1, null, { subset: 'train' }],
      [Number.NaN, 10, 2, null],
      [3, 11, null, null],
    ]);
    expect(server.of('log_record')).toMatchObject([
      { level: 20, message: 'hello', extra_args: { gpu: 1 } },
      { level: 40 },
    ]);
    expect(server.messages.at(-1)).toEqual({ type: 'finish_run' });
    expect(server.asked[0]).toBe(`WS /api/v1/ws/runs/${run.hash}`);
    expect(() => run.track(1, 'loss')).toThrow('is closed');
  });

  it('uploads what it tracks and what it is given', async () => {
    await mkdir(join(home, 'out', 'deep'), { recursive: true });
    await writeFile(join(home, 'out', 'deep', 'a.txt'), 'A');
    await writeFile(join(home, 'out', 'b.json'), '{}');
    const run = opened();
    const image = new Image(Uint8Array.of(1), { format: 'png', caption: 'c' });
    run.track(image, { name: 'pictures', step: 4 });
    run.track([image, image], { name: 'many' });
    run.track(new Audio(Uint8Array.of(2), { format: 'wav' }), { name: 'sounds' });
    run.track(new Text('t'), { name: 'texts' });
    run.track(new Distribution({ samples: [1, 2], binCount: 2 }), { name: 'weights' });
    run.track(new Figure({ data: [] }), { name: 'figures' });
    run.logArtifact(join(home, 'out', 'b.json'), 'conf/b.json');
    run.logArtifacts(join(home, 'out'), 'all');
    await run.close();
    const objects = server.of('log_custom_object').map(({ name, step, dtype, value }) => [name, step, dtype, value]);
    const key = (kind: string): unknown => expect.stringMatching(new RegExp(`^${run.hash}/seq/${kind}/[0-9a-f]{64}$`));
    expect(objects).toEqual(
      expect.arrayContaining([
        [
          'pictures',
          4,
          'image',
          { type: 'image', caption: 'c', format: 'png', width: null, height: null, s3_key: key('image') },
        ],
        ['many', 0, 'image', [expect.objectContaining({ data: 'AQ==' }), expect.objectContaining({ data: 'AQ==' })]],
        ['sounds', 0, 'audio', expect.objectContaining({ s3_key: key('audio') })],
        ['texts', 0, 'text', { type: 'text', data: 't' }],
        ['weights', 0, 'distribution', { type: 'distribution', data: [1, 1], bin_count: 2, range: [1, 2] }],
        ['figures', 0, 'figure', { type: 'figure', data: '{"data":[]}' }],
      ]),
    );
    expect(objects).toHaveLength(6);
    expect(
      server
        .of('blob_ref')
        .map(({ artifact_path }) => artifact_path)
        .sort(),
    ).toEqual(['all/b.json', 'all/deep/a.txt', 'conf/b.json']);
    expect(server.uploads.get(`${run.hash}/all/deep/a.txt`)).toBe('text/plain: A');
    expect(server.messages.at(-1)!.type).toBe('finish_run');
    expect(waiting()).toEqual([]);
  });

  it('refuses what has no place in it', () => {
    const run = opened();
    expect(() => run.track(1, {})).toThrow('needs a name');
    expect(() => run.track('text', 'x')).toThrow(TypeError);
    expect(() => run.track([new Text('a'), 1], 'x')).toThrow(TypeError);
    expect(() => run.track(1, 'x', { step: 0.5 })).toThrow(RangeError);
    expect(() => run.set('', 1)).toThrow(TypeError);
    expect(() => run.logArtifact(join(home, 'x'), '../x')).toThrow(RangeError);
    expect(() => opened({ runHash: 'a/b' })).toThrow(RangeError);
    const reader = opened({ readOnly: true });
    expect(() => reader.track(1, 'x')).toThrow('read only');
    return run.close();
  });

  it('reads what the server says of it', async () => {
    server.info = {
      params: { hparams: { lr: 0.1 }, 'a.b': 1 },
      traces: { metric: [{ name: 'loss', context: { b: 1, a: 2 }, last_value: 3 }], texts: [] },
      props: {
        name: 'n',
        tags: [{ id: '1', name: 't' }],
        creation_time: 10,
        end_time: 15,
        active: false,
        archived: false,
      },
      artifacts: [],
    };
    const run = opened({ runHash: 'r1', readOnly: true });
    expect([
      await run.get('hparams.lr'),
      await run.get('a.b'),
      await run.get('none', 7),
      await run.get('__proto__', 8),
    ]).toEqual([0.1, 1, 7, 8]);
    expect(await run.tags()).toEqual(['t']);
    expect([await run.duration(), await run.createdAt(), await run.finalizedAt()]).toEqual([
      5,
      new Date(10_000),
      new Date(15_000),
    ]);
    expect(await run.getMetric('loss', { a: 2, b: 1 })).toMatchObject({ last_value: 3 });
    expect(await run.getMetric('loss')).toBeUndefined();
    expect(Object.keys(await run.collectSequenceInfo('texts'))).toEqual(['texts']);
    await run.close();
    expect(server.messages).toEqual([]);
  });

  it('that goes on lets the server count', async () => {
    const run = opened({ runHash: 'r1', forceResume: true });
    run.track(1, 'loss');
    run.track(1, 'loss', { step: 5 });
    run.track(1, 'loss');
    await run.close();
    expect(server.of('log_metric').map(({ step }) => step)).toEqual([null, 5, 6]);
    expect(server.messages[0]).toMatchObject({ force_resume: true });
  });

  it('keeps what the process prints', async () => {
    const printed: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const run = opened({ captureTerminalLogs: true });
    process.stdout.write('one\ntw');
    process.stdout.write('o\nrest');
    await run.close();
    process.stdout.write('after\n');
    vi.restoreAllMocks();
    expect(server.of('log_terminal_line').map(({ line, step }) => [line, step])).toEqual([['one', 0], ['two', 1], ['rest', 2]]); // prettier-ignore
    expect(printed).toEqual(['one\ntw', 'o\nrest', 'after\n']);
  });
});

describe('a line that breaks', () => {
  it.each(['away', 'forgetful'] as const)('(%s) loses no point', async (mood) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('MATYAN_WS_BATCH_SIZE', '10');
    const run = opened();
    for (let step = 0; step < 15; step += 1) run.track(step, 'loss');
    await run.flush();
    server[mood] = true;
    for (let step = 15; step < 40; step += 1) run.track(step, 'loss');
    await run.flush({ timeoutMs: 60 });
    server[mood] = false;
    await run.close();
    const byStep = new Map(server.of('log_metric').map(({ step, value }) => [step, value]));
    expect([...byStep.keys()].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 40 }, (_none, step) => step),
    );
    expect(waiting()).toEqual([]);
  });

  it('for ever leaves it on disk for later', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('ML_DASH_FLUSH_TIMEOUT', '0.03');
    await server.stop();
    const run = opened();
    run.track(1, 'loss');
    expect(await run.flush()).toEqual({ waiting: 2 });
    await run.close();
    expect(waiting()).toHaveLength(1);
    await server.start();
    expect(await sendWaiting()).toEqual({ sent: 3, waiting: 0 });
    expect(server.messages.map(({ type }) => type)).toEqual(['create_run', 'log_metric', 'finish_run']);
  });

  it('a bad message takes none of its neighbours along', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const run = opened();
    for (const tag of ['a', 'bad', 'c']) run.addTag(tag);
    await run.close();
    expect(new Set(server.of('add_tag').map(({ tag_name }) => tag_name))).toEqual(new Set(['a', 'c']));
    expect(told.mock.calls.flat().join('')).toContain('bad tag');
    expect(waiting()).toEqual([expect.stringContaining('rejected')]);
  });
});

describe('a repository', () => {
  it('finds runs by query, page by page', async () => {
    server.found = ['a', 'b', 'c'].map((hash, place) => [
      hash,
      { params: { lr: place }, props: { name: hash }, traces: { metric: [] } },
    ]);
    const repo = Repo.fromPath(server.url);
    const runs = await repo.queryRuns('run.hparams.lr < 0.01', { limit: 2 });
    expect(runs.map(({ hash, params }) => [hash, params['lr']])).toEqual([['a', 0], ['b', 1]]); // prettier-ignore
    expect(server.asked.at(-1)).toContain('/api/v1/rest/runs/search/run/?q=run.hparams.lr+%3C+0.01&limit=2');
    const pages: string[][] = [];
    for await (const page of repo.queryRunPages('', { limit: 2 })) pages.push(page.map(({ hash }) => hash));
    expect(pages).toEqual([['a', 'b'], ['c']]);
    expect(await repo.list_all_runs()).toEqual(['a', 'b', 'c']);
    expect(await repo.totalRunsCount()).toBe(3);
    expect(await repo.collectParamsInfo()).toEqual({ a: { lr: 0 }, b: { lr: 1 }, c: { lr: 2 } });
    expect(await repo.listActiveRuns()).toEqual(['a', 'b', 'c']);
  });

  it('reads arrays of points', async () => {
    server.found = [['a', { traces: [{ name: 'loss', values: Float64Array.of(1, Number.NaN) }] }]];
    const [run] = await new Repo(server.url).queryMetrics('metric.name == "loss"');
    expect((run!.traces as { values: Float64Array }[])[0]!.values).toEqual(Float64Array.of(1, Number.NaN));
  });

  it('knows and deletes runs', async () => {
    const repo = new Repo(server.url);
    expect([await repo.runExists('here'), await repo.runExists('gone')]).toEqual([true, false]);
    expect((await repo.getRun('here'))!.hash).toBe('here');
    expect(await repo.getRun('gone')).toBeUndefined();
    expect(await repo.deleteRuns(['here', 'gone'])).toEqual([false, ['gone']]);
    expect(await repo.deleteExperiment('e')).toBe(true);
    expect(Repo.isRemotePath('http://x')).toBe(true);
    expect(Repo.isRemotePath('/tmp')).toBe(false);
    expect(Repo.availableSequenceTypes()).toContain('images');
    expect(() => new Repo('here')).toThrow(RangeError);
  });
});
