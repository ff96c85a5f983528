import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { Audio, Distribution, Figure, Image, Text } from './media.js';
import { Repo } from './repo.js';
import { RunTest } from './run.fixture.js';

const test = new RunTest();

describe('a run', () => {
  it('says what it is, logs, and ends', async () => {
    const run = test.opened({ experiment: 'digits' });
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
    expect(test.server.messages[0]).toMatchObject({ type: 'create_run', force_resume: false });
    expect(test.server.of('set_run_property')).toEqual([
      { type: 'set_run_property', experiment: 'digits' },
      { type: 'set_run_property', name: 'first' },
    ]);
    expect(test.server.of('log_hparams').map(({ value }) => value)).toEqual([
      { hparams: { lr: 0.1 } },
      { hparams: { model: { size: 3 } } },
    ]);
    const points = test.server.of('log_metric').map(({ value, step, epoch, context }) => [value, step, epoch, context]);
    expect(points).toEqual([
      [1, 0, null, { subset: 'train' }],
      [0.5, 1, null, { subset: 'train' }],
      [Number.NaN, 10, 2, null],
      [3, 11, null, null],
    ]);
    expect(test.server.of('log_record')).toMatchObject([
      { level: 20, message: 'hello', extra_args: { gpu: 1 } },
      { level: 40 },
    ]);
    expect(test.server.messages.at(-1)).toEqual({ type: 'finish_run' });
    expect(test.server.asked[0]).toBe(`WS /api/v1/ws/runs/${run.hash}`);
    expect(() => run.track(1, 'loss')).toThrow('is closed');
  });

  it('uploads what it tracks and what it is given', async () => {
    await mkdir(join(test.home, 'out', 'deep'), { recursive: true });
    await writeFile(join(test.home, 'out', 'deep', 'a.txt'), 'A');
    await writeFile(join(test.home, 'out', 'b.json'), '{}');
    const run = test.opened();
    const image = new Image(Uint8Array.of(1), { format: 'png', caption: 'c' });
    run.track(image, { name: 'pictures', step: 4 });
    run.track([image, image], { name: 'many' });
    run.track(new Audio(Uint8Array.of(2), { format: 'wav' }), { name: 'sounds' });
    run.track(new Text('t'), { name: 'texts' });
    run.track(new Distribution({ samples: [1, 2], binCount: 2 }), { name: 'weights' });
    run.track(new Figure({ data: [] }), { name: 'figures' });
    run.logArtifact(join(test.home, 'out', 'b.json'), 'conf/b.json');
    run.logArtifacts(join(test.home, 'out'), 'all');
    await run.close();
    const objects = test.server
      .of('log_custom_object')
      .map(({ name, step, dtype, value }) => [name, step, dtype, value]);
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
      test.server
        .of('blob_ref')
        .map(({ artifact_path }) => artifact_path)
        .sort(),
    ).toEqual(['all/b.json', 'all/deep/a.txt', 'conf/b.json']);
    expect(test.server.uploads.get(`${run.hash}/all/deep/a.txt`)).toBe('text/plain: A');
    expect(test.server.messages.at(-1)!.type).toBe('finish_run');
    expect(test.waiting()).toEqual([]);
  });

  it('refuses what has no place in it', () => {
    const run = test.opened();
    expect(() => run.track(1, {})).toThrow('needs a name');
    expect(() => run.track('text', 'x')).toThrow(TypeError);
    expect(() => run.track([new Text('a'), 1], 'x')).toThrow(TypeError);
    expect(() => run.track(1, 'x', { step: 0.5 })).toThrow(RangeError);
    expect(() => run.set('', 1)).toThrow(TypeError);
    expect(() => run.logArtifact(join(test.home, 'x'), '../x')).toThrow(RangeError);
    expect(() => test.opened({ runHash: 'a/b' })).toThrow(RangeError);
    const reader = test.opened({ readOnly: true });
    expect(() => reader.track(1, 'x')).toThrow('read only');
    return run.close();
  });

  it('reads what the server says of it', async () => {
    test.server.info = {
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
    const run = test.opened({ runHash: 'r1', readOnly: true });
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
    expect(test.server.messages).toEqual([]);
  });

  it('that goes on lets the server count', async () => {
    const run = test.opened({ runHash: 'r1', forceResume: true });
    run.track(1, 'loss');
    run.track(1, 'loss', { step: 5 });
    run.track(1, 'loss');
    await run.close();
    expect(test.server.of('log_metric').map(({ step }) => step)).toEqual([null, 5, 6]);
    expect(test.server.messages[0]).toMatchObject({ force_resume: true });
  });

  it('keeps what the process prints', async () => {
    const printed: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const run = test.opened({ captureTerminalLogs: true });
    process.stdout.write('one\ntw');
    process.stdout.write('o\nrest');
    await run.close();
    process.stdout.write('after\n');
    vi.restoreAllMocks();
    expect(test.server.of('log_terminal_line').map(({ line, step }) => [line, step])).toEqual([['one', 0], ['two', 1], ['rest', 2]]); // prettier-ignore
    expect(printed).toEqual(['one\ntw', 'o\nrest', 'after\n']);
  });
});

describe('a repository', () => {
  it('finds runs by query, page by page', async () => {
    test.server.found = ['a', 'b', 'c'].map((hash, place) => [
      hash,
      { params: { lr: place }, props: { name: hash }, traces: { metric: [] } },
    ]);
    const repo = Repo.fromPath(test.server.url);
    const runs = await repo.queryRuns('run.hparams.lr < 0.01', { limit: 2 });
    expect(runs.map(({ hash, params }) => [hash, params['lr']])).toEqual([['a', 0], ['b', 1]]); // prettier-ignore
    expect(test.server.asked.at(-1)).toContain('/api/v1/rest/runs/search/run/?q=run.hparams.lr+%3C+0.01&limit=2');
    const pages: string[][] = [];
    for await (const page of repo.queryRunPages('', { limit: 2 })) pages.push(page.map(({ hash }) => hash));
    expect(pages).toEqual([['a', 'b'], ['c']]);
    expect(await repo.list_all_runs()).toEqual(['a', 'b', 'c']);
    expect(await repo.totalRunsCount()).toBe(3);
    expect(await repo.collectParamsInfo()).toEqual({ a: { lr: 0 }, b: { lr: 1 }, c: { lr: 2 } });
    expect(await repo.listActiveRuns()).toEqual(['a', 'b', 'c']);
  });

  it('reads arrays of points', async () => {
    test.server.found = [['a', { traces: [{ name: 'loss', values: Float64Array.of(1, Number.NaN) }] }]];
    const [run] = await new Repo(test.server.url).queryMetrics('metric.name == "loss"');
    expect((run!.traces as { values: Float64Array }[])[0]!.values).toEqual(Float64Array.of(1, Number.NaN));
  });

  it('knows and deletes runs', async () => {
    const repo = new Repo(test.server.url);
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
