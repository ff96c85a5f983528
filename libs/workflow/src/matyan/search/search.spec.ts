import { beforeAll, describe, expect, it } from 'vitest';

import { alignMatyanMetrics } from './align-metrics.js';
import { matyanBlobs } from './blob-batch.js';
import { matyanProject } from '../matyan-project.js';
import { matchingRuns } from './matching-runs.js';
import { matyanObjectBatch, matyanObjectStep } from './object-batch.js';
import { readQuery } from './read-query.js';
import { matyanRunLines, matyanRunRecords } from './run-lines.js';
import { searchMatyanMetrics } from './search-metrics.js';
import { searchMatyanObjects } from './search-objects.js';
import { activeMatyanRuns, searchMatyanRuns } from './search-runs.js';
import { portsHouse } from '../../ports.fixture.js';
import { call, decoded, type Decoded, say } from './search.fixture.js';

const house = portsHouse();
const when = '2026-01-01T00:00:00Z';
const metric = (name: string, step: number, value: number, context: object | null = null, epoch: number | null = null): object =>
  ({ type: 'log_metric', name, value, step, epoch, context, dtype: null, client_datetime: when }); // prettier-ignore
const object = (name: string, dtype: string, step: number, value: object | object[]): object =>
  ({ type: 'log_custom_object', name, value, step, epoch: step, context: null, dtype, client_datetime: when }); // prettier-ignore
const base64 = (text: string): string => Buffer.from(text).toString('base64');

beforeAll(async () => {
  const { ports } = house;
  await say(
    ports,
    'r1',
    { type: 'log_hparams', value: { hparams: { lr: 0.001, bs: 32, '': 'empty name' } } },
    { type: 'log_hparams', value: { __system_params: { cpu: 4 } } },
    { type: 'set_run_property', name: 'first', experiment: 'mnist' },
    { type: 'add_tag', tag_name: 'best' },
    ...Array.from({ length: 20 }, (_, x) => metric('loss', x, 1 / (x + 1), { subset: 'train' }, x >> 1)),
    ...Array.from({ length: 10 }, (_, x) => metric('time', x * 2, x * 100, { subset: 'train' })),
    metric('loss', 0, NaN, { subset: 'val' }),
    metric('loss', 1, 2, { subset: 'val' }),
    { type: 'finish_run' },
  );
  await say(ports, 'r2', { type: 'log_hparams', value: { hparams: { lr: 0.1 } } }, metric('acc', 0, 0.5), metric('acc', 1, 1));
  await say(ports, 'r3', { type: 'set_run_property', archived: true }, metric('loss', 0, 3));
  await say(
    ports,
    'media',
    ...Array.from({ length: 12 }, (_, x) =>
      object('samples', 'image', x, [0, 1, 2].map((at) => ({ type: 'image', data: base64(`png ${x} ${at}`), format: 'png', caption: `c${at}`, width: 2, height: 3 }))),
    ),
    object('notes', 'text', 0, { type: 'text', data: 'hello' }),
    object('weights', 'distribution', 3, { type: 'distribution', data: [1, 2, 4], bin_count: 3, range: [-1, 1] }),
    object('plot', 'figure', 0, { type: 'figure', data: { data: [], layout: { title: 'x'.repeat(5000) } } }),
    object('sound', 'audio', 0, { type: 'audio', data: base64('wave'), format: 'wav', caption: 'a', rate: 8000 }),
    ...Array.from({ length: 250 }, (_, step) => ({ type: 'log_terminal_line', line: `line ${step}`, step })),
    ...[10, 30, 50].map((level, at) => ({ type: 'log_record', message: `m${at}`, level, timestamp: 1700000000.5 + at, extra_args: { at } })),
  );
}); // prettier-ignore

const all = { query: '', limit: 0, after: '', order: [], skipSystem: true, params: true, traces: true, progress: true };
const runs = async (change: Partial<typeof all> & { order?: readonly { field: 'run' | 'hash'; descending: boolean }[] } = {}): Promise<Decoded> =>
  decoded(await searchMatyanRuns(house.ports, call(), { ...all, ...change })); // prettier-ignore
const names = async (query: string, change: object = {}): Promise<unknown[]> => [
  ...(await runs({ query, ...change })).found.keys(),
];
const metrics = { query: '', points: 50, xAxis: undefined, chunk: 2, skipSystem: true, progress: false };
const objects = { records: { from: undefined, to: undefined }, recordDensity: 50, indexes: { from: undefined, to: undefined }, indexDensity: 5, skipSystem: true, progress: false }; // prettier-ignore

describe('a search of runs', () => {
  it('answers parameters, statistics and properties, newest first, and its progress', async () => {
    const { found, progress } = await runs();
    expect([...found.keys()]).toEqual(['media', 'r2', 'r1']);
    expect(found.get('r1')).toEqual({
      params: { hparams: { lr: 0.001, bs: 32, ' ': 'empty name' } },
      traces: {
        metric: expect.arrayContaining([
          {
            name: 'loss',
            context: { subset: 'train' },
            values: { last: 0.05, last_step: 19, first: 1, min: 0.05, max: 1 },
          },
          { name: 'loss', context: { subset: 'val' }, values: { last: 2, last_step: 1, first: NaN, min: 2, max: 2 } },
        ]) as unknown,
      },
      props: {
        name: 'first',
        description: '',
        experiment: { id: expect.any(String) as unknown, name: 'mnist', description: '' },
        tags: [{ id: expect.any(String) as unknown, name: 'best', color: null, description: null }],
        creation_time: expect.any(Number) as unknown,
        end_time: expect.any(Number) as unknown,
        archived: false,
        active: false,
      },
    });
    expect(progress).toEqual([[0, 3], [1, 3], [2, 3], [3, 3], [0, 0]]); // prettier-ignore
  });

  it('leaves out what is not asked for', async () => {
    const { found, progress } = await runs({
      query: 'run.hash == "r1"',
      params: false,
      traces: false,
      progress: false,
    });
    expect(found.get('r1')).toMatchObject({ params: {}, traces: { metric: [] } });
    expect(progress).toEqual([]);
    const whole = await runs({ query: 'run.hash == "r1"', skipSystem: false });
    expect(whole.found.get('r1')).toMatchObject({ params: { __system_params: { cpu: 4 } } });
  });

  it('goes from page to page by hash, and in the order told', async () => {
    expect(await names('', { limit: 2 })).toEqual(['media', 'r2']);
    expect(await names('', { limit: 2, after: 'r2' })).toEqual(['r1']);
    expect(await names('', { after: 'nobody' })).toEqual([]);
    expect(await names('', { order: [{ field: 'hash', descending: false }] })).toEqual(['media', 'r1', 'r2']);
  });

  it('finds by query, by index and by interpreter alike', async () => {
    expect(await names('run.hparams.lr < 0.01')).toEqual(['r1']);
    expect(await names('run.hparams.lr * 2 > 0.1')).toEqual(['r2']);
    expect(await names('"best" in run.tags and run.experiment == "mnist"')).toEqual(['r1']);
    expect(await names('run.metrics["acc"].last == 1')).toEqual(['r2']);
    expect(await names('run.archived == True')).toEqual(['r3']);
    expect(await names('run["__system_params"]["cpu"] == 4')).toEqual(['r1']);
    expect(await names('SELECT run IF run.name.startswith("fir")')).toEqual(['r1']);
    expect(await names('run.created_at > datetime(2020, 1, 1) and run.active')).toEqual(['media', 'r2']);
  });

  it('refuses what cannot be read or costs too much before anything is sent', async () => {
    await expect(runs({ query: 'run.lr <' })).rejects.toMatchObject({
      code: 'query-invalid',
      values: { position: 8, reason: { en: 'a value is due here, not the end of the query' } },
    });
    await expect(runs({ query: '10 ** 10 ** 10 == run.lr' })).rejects.toMatchObject({ code: 'query-too-costly' });
  });

  it('stops when its reader leaves', async () => {
    const gone = AbortSignal.abort();
    const { found } = await decoded(await searchMatyanRuns(house.ports, call({ signal: gone }), all));
    expect([...found.keys()]).toEqual([]);
  });

  it('stops in the middle of a page of candidates that take their time', async () => {
    const gone = new AbortController();
    const query = readQuery('run.archived or True', 0);
    let asked = 0;
    const slow: typeof query = {
      ...query,
      candidate: (facts) => {
        asked += 1;
        gone.abort();
        for (const until = performance.now() + 15; performance.now() < until;);
        return query.candidate(facts);
      },
    };
    const projectId = await matyanProject(house.ports, call().caller);
    const found: unknown[] = [];
    for await (const step of matchingRuns(house.ports, { projectId, query: slow }, gone.signal)) found.push(step);
    expect([asked, found]).toEqual([1, []]);
  });

  it('sees its caller’s project only', async () => {
    const { id } = await house.ports.tracked.projects.open('ada', 'else');
    const theirs = call({ caller: { user: 'ada', projectId: id } });
    expect((await decoded(await searchMatyanRuns(house.ports, theirs, all))).found.size).toBe(0);
  });

  it('answers who is still written to', async () => {
    const { found, progress } = await decoded(await activeMatyanRuns(house.ports, call(), { progress: true }));
    expect([...found.keys()]).toEqual(['media', 'r3', 'r2']);
    expect(found.get('r2')).toEqual({
      traces: { metric: [{ name: 'acc', context: {}, values: { last: 1, last_step: 1 } }] },
      props: expect.objectContaining({ active: true }) as unknown,
    });
    expect(progress.at(-1)).toEqual([0, 0]);
  });
});

describe('a search of metrics', () => {
  const search = async (change: Partial<Omit<typeof metrics, 'xAxis'>> & { xAxis?: string }): Promise<ReadonlyMap<unknown, unknown>> =>
    (await decoded(await searchMatyanMetrics(house.ports, call(), { ...metrics, ...change }))).found; // prettier-ignore

  it('answers columns of the series that match', async () => {
    const found = await search({ query: 'metric.name == "loss" and metric.context.subset == "train"' });
    expect([...found.keys()]).toEqual(['r1']);
    expect(found.get('r1')).toMatchObject({
      params: { hparams: { lr: 0.001 } },
      traces: [{
        name: 'loss', context: { subset: 'train' }, slice: [0, 19, 1],
        values: Float64Array.from({ length: 20 }, (_, x) => 1 / (x + 1)), iters: Float64Array.from({ length: 20 }, (_, x) => x),
        epochs: Float64Array.from({ length: 20 }, (_, x) => x >> 1), timestamps: expect.any(Float64Array) as unknown,
      }],
    }); // prettier-ignore
    const sampled = (
      await search({ query: 'metric.name == "loss" and metric.context.subset == "train"', points: 5 })
    ).get('r1') as { traces: { iters: Float64Array }[] };
    expect([...sampled.traces[0]!.iters]).toEqual([0, 5, 10, 15, 19]);
  });

  it('tells a missing epoch from the first, and keeps what is no number', async () => {
    const found = await search({ query: 'metric.context.subset == "val"' });
    expect(found.get('r1')).toMatchObject({
      traces: [{ values: Float64Array.of(NaN, 2), epochs: Float64Array.of(NaN, NaN) }],
    });
  });

  it('finds by the run alone, by statistics, in chunks', async () => {
    const whole = (await search({ query: 'run.hash == "r1"', chunk: 1 })).get('r1') as { traces: { name: string }[] };
    expect(whole.traces.map(({ name }) => name).sort()).toEqual(['loss', 'loss', 'time']);
    expect([...(await search({ query: 'metric.last > 0.9 and metric.name == "acc"' })).keys()]).toEqual(['r2']);
    expect([...(await search({ query: 'run.hparams.lr < 0.01 and metric.name == "loss"' })).keys()]).toEqual(['r1']);
    expect((await search({ query: 'images.name == "x"' })).size).toBe(0);
  });

  it('draws over another metric, here and afterwards', async () => {
    const found = await search({ query: 'metric.name == "loss"', xAxis: 'time' });
    const [train, val] = (found.get('r1') as { traces: Record<string, Float64Array>[] }).traces;
    expect([[...train!['x_axis_values']!].slice(0, 3), [...train!['x_axis_iters']!].slice(0, 3)]).toEqual([[0, 100, 200], [0, 2, 4]]);
    expect(val!['x_axis_values']).toEqual(new Float64Array());
    const traces = [{ name: 'loss', context: { subset: 'train' }, slice: [0, 4, 1] }, { name: 'loss', context: { subset: 'val' }, slice: [0, 4, 1] }];
    const asked = { axis: 'time', runs: [{ run_id: 'r1', traces }, { run_id: 'nobody', traces }] };
    const aligned = await decoded(await alignMatyanMetrics(house.ports, call(), asked));
    expect([...aligned.found]).toEqual([['r1', [{ name: 'loss', context: { subset: 'train' }, x_axis_values: Float64Array.of(0, 100, 200), x_axis_iters: Float64Array.of(0, 2, 4) }]]]);
  }); // prettier-ignore
});

describe('a search of objects', () => {
  const search = async (sequence: 'images' | 'texts' | 'distributions' | 'audios' | 'figures', change: object = {}): Promise<unknown> =>
    (await decoded(await searchMatyanObjects(house.ports, call(), { ...objects, sequence, query: '', ...change }))).found.get('media'); // prettier-ignore
  const image = (x: number, index: number): object =>
    ({ caption: `c${index}`, width: 2, height: 3, format: 'png', blob_uri: expect.stringMatching(/^\d+\./) as unknown, index, ...(x < 0 ? {} : {}) }); // prettier-ignore

  it('answers pictures step by step, and their bytes by URI', async () => {
    const found = (await search('images', { records: { from: 2, to: 10 }, recordDensity: 3, indexDensity: 2 })) as { traces: { values: { blob_uri: string }[][] }[] };
    expect(found).toMatchObject({
      traces: [{ name: 'samples', context: {}, iters: [2, 6, 9], epochs: [2, 6, 9], values: [[image(2, 0), image(2, 2)], [image(6, 0), image(6, 2)], [image(9, 0), image(9, 2)]] }],
      ranges: { record_range_total: [0, 12], record_range_used: [2, 10], index_range_total: [0, 3], index_range_used: [0, 3] },
    });
    const uri = found.traces[0]!.values[1]![1]!.blob_uri;
    const blobs = await decoded(await matyanBlobs(house.ports, call().caller, [uri, 'nonsense', '', `${uri}x`]));
    expect([...blobs.found].map(([key, bytes]) => [key, Buffer.from(bytes as Uint8Array).toString()])).toEqual([[uri, 'png 6 2']]);
  }); // prettier-ignore

  it('answers texts, distributions, figures and sounds in their shapes', async () => {
    expect(await search('texts')).toMatchObject({ traces: [{ name: 'notes', values: [[{ data: 'hello', index: 0 }]], iters: [0] }] });
    expect(await search('distributions')).toMatchObject({ traces: [{ values: [{ data: Float64Array.of(1, 2, 4), bin_count: 3, range: [-1, 1] }], iters: [3] }] });
    const figure = (await search('figures')) as { traces: { values: { data: string }[] }[]; ranges: object };
    expect(JSON.parse(figure.traces[0]!.values[0]!.data)).toMatchObject({ layout: { title: 'x'.repeat(5000) } });
    expect(Object.keys(figure.ranges)).toEqual(['record_range_total', 'record_range_used']);
    expect(await search('audios', { query: 'audios.name == "sound"' })).toMatchObject({ traces: [{ values: [[{ caption: 'a', format: 'wav', index: 0 }]] }] });
    expect(await search('audios', { query: 'audios.name == "silence"' })).toBeUndefined();
  }); // prettier-ignore

  it('answers series of one run, at many steps or one', async () => {
    const asked = { hash: 'media', sequence: 'images', traces: [{ name: 'samples', context: {} }, { name: 'none', context: {} }] } as const;
    const batch = (await decoded(await matyanObjectBatch(house.ports, call().caller, { ...asked, ...objects, recordDensity: 2 }))).found;
    expect(Object.fromEntries(batch)).toMatchObject({ name: 'samples', iters: [0, 11], record_range_used: [0, 12], record_range_total: [0, 12], index_range_total: [0, 3] });
    const step = async (given: number): Promise<object> => Object.fromEntries((await decoded(await matyanObjectStep(house.ports, call().caller, { ...asked, ...objects, step: given }))).found);
    expect(await step(-1)).toMatchObject({ iters: [11], values: [image(11, 0), image(11, 1), image(11, 2)], record_range_used: [11, 11] });
    expect(await step(4)).toMatchObject({ iters: [4] });
    expect(await step(99)).toEqual({});
    await expect(matyanObjectBatch(house.ports, call().caller, { ...asked, ...objects, hash: 'nobody' })).rejects.toMatchObject({ code: 'tracked-run-not-found' });
  }); // prettier-ignore
});

describe('what a run printed', () => {
  const whole = { from: undefined, to: undefined };

  it('comes line by line, the last 200 without a range', async () => {
    const last = (await decoded(await matyanRunLines(house.ports, call().caller, { hash: 'media', range: whole }))).found;
    expect([last.size, [...last][0], [...last].at(-1)]).toEqual([200, [50, 'line 50'], [249, 'line 249']]);
    const some = await matyanRunLines(house.ports, call().caller, { hash: 'media', range: { from: 3, to: 5 } });
    expect([...(await decoded(some)).found]).toEqual([[3, 'line 3'], [4, 'line 4']]);
    await expect(matyanRunLines(house.ports, call().caller, { hash: 'nobody', range: whole })).rejects.toMatchObject({ code: 'tracked-run-not-found' });
  }); // prettier-ignore

  it('comes as records after their count', async () => {
    const { branches } = await decoded(await matyanRunRecords(house.ports, call().caller, { hash: 'media', range: whole }));
    const [first, ...records] = branches;
    expect(first).toEqual({ key: 'log_records_count', tree: 3 });
    const levels = records.map(({ tree }) => (tree as { log_level: string }).log_level);
    expect(levels).toEqual(['DEBUG', 'WARNING', 'CRITICAL']);
    expect(records[1]!.tree).toEqual({ message: 'm1', log_level: 'WARNING', timestamp: 1700000001.5, args: { at: 1 }, logger_info: null, is_notified: false });
  }); // prettier-ignore
});
