import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';

let millrace: RunningMillrace;
let api: Caller;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  api = new Caller(millrace.url);
});
afterAll(() => (millrace as RunningMillrace | undefined)?.stop());

interface Step {
  readonly id: number;
  readonly status: number;
}
interface Undone {
  readonly jobId: string | null;
  readonly removed: { converters: number[]; explorers: number[] };
}
type Row = Record<string, unknown>;

let notebooks = 0;
const ROWS = 40;
const csv = [
  'n,holes,kind,label',
  ...Array.from(
    { length: ROWS },
    (_, row) => `${row},${row % 4 === 3 ? '' : row * 2},k${row % 3},${row % 5 ? 'b' : 'a'}`,
  ),
].join('\n');

async function notebook(): Promise<{ id: number; file_path: string; dataset: { id: number; file_path: string } }> {
  const dataset = await api.dataset(`steps ${++notebooks}`, csv);
  return {
    ...(await api.ok<{ id: number; file_path: string }>('POST', '/notebook/', { dataset_id: dataset.id })),
    dataset,
  };
}
const rowsOf = async (path: string): Promise<Row[]> =>
  (await api.ok<{ rows: Row[] }>('GET', `/dataset/filter/?path=${path}&page_size=200`)).rows;
/** A column as the real client describes it; `idx` counts from 1. */
const column = (columnName: string, idx = 1): Row => ({ idx, columnName, valueType: 'Float', dataType: 'float64' });
const add = (notebookId: number, converter: string, scope: Row, extra: Row = {}): Promise<Step> =>
  api.ok('POST', '/converter', {
    notebook_id: notebookId,
    converter,
    parameters: { order: 1, params: {}, scope: { columns: [], rows: [], ...scope }, target: null, ...extra },
  });
const apply = async (notebookId: number, converter: string, scope: Row, extra: Row = {}): Promise<Step> => {
  const step = await add(notebookId, converter, scope, extra);
  await api.run('ConverterJob', { converter_id: step.id });
  return step;
};
const explorer = (notebookId: number, name: string): Promise<Step> =>
  api.ok('POST', '/explorer', {
    notebook_id: notebookId,
    exploration_type: 'HistogramPlotExplorer',
    columns: [{ id: 0, columnName: name }],
    parameters: {},
  });

describe('undoing a step', () => {
  it('returns to the table before it, says what went with it, and names a job that ends', async () => {
    const { id, file_path: path, dataset } = await notebook();
    const original = await rowsOf(path);
    const first = await apply(id, 'NanRemover', { columns: [column('holes', 2)] });
    const before = await rowsOf(path);
    expect(before).toHaveLength(30);
    const early = await explorer(id, 'n');
    const second = await apply(id, 'ColumnRemover', { columns: [column('kind', 3)] });
    const third = await apply(id, 'MinMaxScaler', { columns: [column('n')] });
    const late = await explorer(id, 'n');
    expect(Object.keys((await rowsOf(path))[0]!)).toEqual(['n', 'holes', 'label']);

    const undone = await api.ok<Undone>('DELETE', `/converter/${second.id}`);
    expect(undone.removed).toEqual({ converters: [second.id, third.id], explorers: [late.id] });
    expect(await rowsOf(path)).toEqual(before);
    // What the real client does with the id: watch until it has finished, then read the list again.
    expect(await api.end(undone.jobId!)).toMatchObject({ status: 'finished' });
    const left = await api.ok<Step[]>('GET', `/notebook/${id}/converters`);
    expect(left.map((step) => [step.id, step.status])).toEqual([[first.id, 3]]);
    expect((await api.ok<Step[]>('GET', `/notebook/${id}/explorers`)).map((one) => one.id)).toEqual([early.id]);

    const all = await api.ok<Undone>('DELETE', `/converter/${first.id}`);
    expect(all).toEqual({ jobId: null, job_id: null, removed: { converters: [first.id], explorers: [early.id] } });
    expect(await rowsOf(path)).toEqual(original);
    expect(await rowsOf(dataset.file_path)).toEqual(original);
    expect(await api.call('DELETE', `/converter/${first.id}`)).toMatchObject({ status: 404 });
  });

  it('twice at once undoes once, and a notebook deleted meanwhile is no breakdown', async () => {
    const { id, file_path: path } = await notebook();
    const original = await rowsOf(path);
    const step = await apply(id, 'StandardScaler', { columns: [column('n')] });
    const answers = await Promise.all([1, 2, 3].map(() => api.call('DELETE', `/converter/${step.id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect(await rowsOf(path)).toEqual(original);
    const again = await apply(id, 'StandardScaler', { columns: [column('n')] });
    const look = await explorer(id, 'n');
    const gone = await Promise.all([
      api.call('DELETE', `/notebook/${id}`),
      api.call('DELETE', `/converter/${again.id}`),
      api.call('DELETE', `/explorer/${look.id}/`),
      api.call('DELETE', `/notebook/${id}`),
    ]);
    for (const { status } of gone) expect([200, 204, 404, 409]).toContain(status);
    expect(await api.call('GET', `/notebook/${id}`)).toMatchObject({ status: 404 });
  });
});

describe('a step', () => {
  it('that fails leaves the data as they were and says why; the next one works on', async () => {
    const { id, file_path: path } = await notebook();
    const original = await rowsOf(path);
    const bad = await add(id, 'PCA', { columns: [column('n'), column('holes', 2)] });
    const end = await api.end(await api.submit('ConverterJob', { converter_id: bad.id }));
    expect(end).toMatchObject({ status: 'error', error: expect.stringContaining('"holes"') as string });
    expect(await api.ok<Step>('GET', `/converter/${bad.id}`)).toMatchObject({ status: 4 });
    expect(await rowsOf(path)).toEqual(original);
    expect(await api.ok('GET', `/converter/notebook/${id}`)).toEqual([]);
    const good = await apply(id, 'ColumnRemover', { columns: [column('n')] });
    expect(await api.ok<Undone>('DELETE', `/converter/${good.id}`)).toMatchObject({ jobId: null });
    expect(await rowsOf(path)).toEqual(original);
  });

  it('waits for the steps before it, whatever is submitted at once', async () => {
    const { id, file_path: path } = await notebook();
    const steps: Step[] = [];
    for (const [name, on] of [
      ['MinMaxScaler', 'n'],
      ['NanRemover', 'holes'],
      ['ColumnRemover', 'kind'],
    ] as const)
      steps.push(await add(id, name, { columns: [{ columnName: on }] }));
    // The last one cannot end before it is submitted again, for it waits for the others; they might.
    const [first, second, third] = steps as [Step, Step, Step];
    const jobs = await Promise.all(
      [third, third, second, first].map(({ id: step }) => api.submit('ConverterJob', { converter_id: step })),
    );
    expect(new Set(jobs).size).toBe(3);
    for (const job of new Set(jobs)) expect(await api.end(job)).toMatchObject({ status: 'finished' });
    const rows = await rowsOf(path);
    expect(rows).toHaveLength(30);
    expect(rows[0]).toEqual({ n: 0, holes: 0, label: 'a' });
    expect(rows.at(-1)!['n']).toBeCloseTo(38 / 39, 12);
  });

  it('waits for one that was added before it and is submitted after it has begun', async () => {
    const { id, file_path: path } = await notebook();
    const first = await add(id, 'MinMaxScaler', { columns: [{ columnName: 'n' }] });
    const second = await add(id, 'ColumnRemover', { columns: [{ columnName: 'kind' }] });
    const later = await api.submit('ConverterJob', { converter_id: second.id });
    while ((await api.ok<{ status: string }>('GET', `/job/status/${later}`)).status === 'not_started') await sleep(20);
    const earlier = await api.submit('ConverterJob', { converter_id: first.id });
    for (const job of [earlier, later]) expect(await api.end(job)).toMatchObject({ status: 'finished', error: null });
    expect((await rowsOf(path)).at(-1)).toEqual({ n: 1, holes: null, label: 'b' });
  });

  it('does not run again beneath later ones', async () => {
    const { id, file_path: path } = await notebook();
    const step = await apply(id, 'StandardScaler', { columns: [column('n')] });
    await apply(id, 'ColumnRemover', { columns: [column('n')] });
    const table = await rowsOf(path);
    const form = new FormData();
    form.set('job_type', 'ConverterJob');
    form.set('kwargs', JSON.stringify({ converter_id: step.id }));
    expect(await api.call<{ code: string }>('POST', '/job/', form)).toMatchObject({
      status: 409,
      body: { code: 'entity-busy' },
    });
    expect(await api.ok<Step>('GET', `/converter/${step.id}`)).toMatchObject({ status: 3 });
    expect(await rowsOf(path)).toEqual(table);
  });

  it('learns from rows by range and by index, counted from 0, and from a target', async () => {
    const { id, file_path: path } = await notebook();
    const range = await apply(id, 'MinMaxScaler', {
      columns: [column('n')],
      rows: Array.from({ length: 11 }, (_, row) => row),
    });
    const scaled = (await rowsOf(path)).map(({ n }) => Number(n));
    expect([scaled[0], scaled[10], scaled[20]]).toEqual([0, 1, 2]);
    await api.ok('DELETE', `/converter/${range.id}`);
    const last = await apply(id, 'MinMaxScaler', { columns: [column('n')], rows: [20, ROWS - 1] });
    expect((await rowsOf(path)).at(-1)!['n']).toBeCloseTo(1, 12);
    await api.ok('DELETE', `/converter/${last.id}`);
    const none = await add(id, 'MinMaxScaler', { columns: [column('n')], rows: [ROWS] });
    const refused = await api.end(await api.submit('ConverterJob', { converter_id: none.id }));
    expect(refused).toMatchObject({ status: 'error', error: expect.stringContaining(`${ROWS}`) as string });
    const target = column('label', 4);
    await apply(id, 'SMOTEConverter', { columns: [column('n')] }, { target });
    const rows = await rowsOf(path);
    expect(rows.filter(({ label }) => label === 'a')).toHaveLength(32);
    expect(rows.slice(ROWS).every(({ kind, label }) => kind === null && label === 'a')).toBe(true);
  });
});

describe('an explorer', () => {
  it('of a column that a step removed ends with a sentence, and is refused when it is made later', async () => {
    const { id } = await notebook();
    const look = await explorer(id, 'n');
    await apply(id, 'ColumnRemover', { columns: [column('n')] });
    const end = await api.end(await api.submit('ExplorerJob', { explorer_id: look.id }));
    expect(end).toMatchObject({ status: 'error', error: expect.stringContaining('"n"') as string });
    expect(await api.call('POST', `/explorer/${look.id}/results/`, {})).toMatchObject({ status: 400 });
    const body = { notebook_id: id, exploration_type: 'HistogramPlotExplorer', columns: [column('n')], parameters: {} };
    expect(await api.call('POST', '/explorer', body)).toMatchObject({ status: 400 });
  });

  it('keeps an edited figure beside the computed one, for figures that exist', async () => {
    const { id } = await notebook();
    const look = await explorer(id, 'n');
    const results = (): Promise<{ payload: string; overridden?: boolean }[]> =>
      api.ok('POST', `/explorer/${look.id}/results/`, { options: {} });
    const edit = (index: number) =>
      api.call('PUT', `/explorer/${look.id}/results/`, { index, figure: { data: [], layout: {} } });
    expect(await edit(0)).toMatchObject({ status: 404 });
    await api.run('ExplorerJob', { explorer_id: look.id });
    const computed = await results();
    expect(await edit(7)).toMatchObject({ status: 404, body: { code: 'artifact-not-found' } });
    expect(await edit(0)).toMatchObject({ status: 200, body: { message: 'Explorer results updated successfully' } });
    expect((await results())[0]).toMatchObject({ payload: '{"data":[],"layout":{}}', overridden: true });
    const restore = (index: number) => api.call('DELETE', `/explorer/${look.id}/results/override/${index}`);
    expect(await restore(7)).toMatchObject({ status: 200 });
    expect(await restore(0)).toMatchObject({
      status: 200,
      body: { message: 'Explorer results restored successfully' },
    });
    expect(await results()).toEqual(computed);
    expect(await restore(-1)).toMatchObject({ status: 422 });
    expect(await api.call('DELETE', `/explorer/999999/results/override/0`)).toMatchObject({ status: 404 });
  });
});
