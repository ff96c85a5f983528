import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { trained } from './training.js';

/** Row by row what a person may do with a trained run and data that are not quite its own. */
const HEADER = 'length,colour,species';
const ROWS = Array.from(
  { length: 60 },
  (_, i) => `${i % 2 ? 1 + i / 100 : 9 - i / 100},${i % 3 ? 'red' : 'blue'},${i % 2 ? 'short' : 'long'}`,
);

interface Note {
  code: string;
  column: string | null;
  outcome: string;
  text: string;
}
interface Prediction {
  id: number;
  status: number;
  results_path: string | null;
  notes: Note[];
}

let millrace: RunningMillrace;
let api: Caller;
let run: { id: number };
let session: { id: number };
let dataset: { id: number; file_path: string };
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  api = new Caller(millrace.url);
  dataset = await api.dataset('training', [HEADER, ...ROWS].join('\n'));
  session = await api.ok('POST', '/model-session/', {
    dataset_id: dataset.id,
    name: 's',
    task_name: 'TabularClassificationTask',
    input_columns: ['length', 'colour'],
    output_columns: ['species'],
    train_metrics: [],
    validation_metrics: [],
    test_metrics: ['Accuracy'],
    evaluation_strategy: 'HoldoutEvaluationStrategy',
    splits: JSON.stringify({ train: 0.6, validation: 0.2, test: 0.2 }),
  });
  run = await trained(api, session.id, 'GaussianNB');
});
afterAll(() => (millrace as RunningMillrace | undefined)?.stop());

const predict = async (body: object, kwargs: object = {}) => {
  const { id } = await api.ok<Prediction>('POST', '/predict/', { run_id: run.id, ...body });
  const end = await api.end(await api.submit('PredictJob', { prediction_id: id, ...kwargs }));
  const [row] = await api.ok<Prediction[]>('GET', `/predict/?prediction_id=${id}`);
  return { ...end, row: row! };
};
const rowsOf = async ({ results_path: path }: Prediction) =>
  (await api.ok<{ rows: Record<string, unknown>[] }>('GET', `/dataset/filter/?path=${path}&page=0&page_size=5`)).rows;
const check = (body: object, language = 'en') =>
  new Caller(millrace.url, language).ok<{
    runnable: boolean;
    rows: number;
    columns: { name: string; role: string; notes: Note[] }[];
    notes: Note[];
  }>('POST', '/predict/check', { run_id: run.id, ...body });
const form = (fields: Record<string, string | [string, Blob]>): FormData => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') made.set(name, value);
    else made.set(name, value[1], value[0]);
  }
  return made;
};

describe('data that do not quite fit', () => {
  let odd: { id: number };
  beforeAll(async () => {
    odd = await api.dataset('odd', 'Colour ,extra,length\nred,1,nine\npink,2,8\nblue,3,7\n');
  });

  it('are reported column by column in the reader’s language, and nothing is stored', async () => {
    const before = await api.ok<unknown[]>('GET', '/predict/');
    const report = await check({ dataset_id: odd.id });
    expect(report).toMatchObject({ runnable: false, rows: 3 });
    const codes = Object.fromEntries(report.columns.map(({ name, notes }) => [name, notes.map(({ code }) => code)]));
    expect(codes).toMatchObject({
      length: ['numbers-as-text', 'numbers-unreadable'],
      colour: ['column-missing', 'column-renamed'],
      extra: ['column-extra'],
    });
    const german = await check({ dataset_id: odd.id }, 'de');
    expect(german.columns[0]!.notes[1]!.text).toContain('„nine“ in Zeile 1');
    expect(await api.ok('GET', '/predict/')).toEqual(before);
    const policy = { renamed: 'match', types: 'blank', missing: 'fill', unseen: 'accept' };
    expect(await check({ dataset_id: odd.id, policy })).toMatchObject({ runnable: true });
  });

  it('are refused without a policy and leave nothing', async () => {
    const { status, error, row } = await predict({ dataset_id: odd.id });
    expect(status).toBe('error');
    expect(error).toContain('colour');
    expect(row).toMatchObject({ status: 4, results_path: null, notes: [] });
    expect(await api.call('GET', `/predict/summary/?prediction_id=${row.id}`)).toMatchObject({
      status: 404,
      body: { code: 'prediction-not-finished' },
    });
    expect(await api.call('GET', `/predict/download/${row.id}`)).toMatchObject({
      status: 404,
      body: { code: 'prediction-not-finished' },
    });
  });

  it('are predicted under one, which says what it did', async () => {
    const policy = { renamed: 'match', types: 'blank', missing: 'fill' };
    const { status, row } = await predict({ dataset_id: odd.id, policy, probabilities: true });
    expect(status).toBe('finished');
    expect(row.notes.map(({ code }) => code).sort()).toEqual([
      'cells-filled',
      'column-extra',
      'column-renamed',
      'columns-reordered',
      'levels-unseen',
      'numbers-as-text',
      'numbers-unreadable',
      'type-differs',
    ]);
    expect(row.notes.find(({ code }) => code === 'levels-unseen')!.text).toBe(
      '1 rows hold 1 categories the model was not trained on: pink.',
    );
    const [first] = await rowsOf(row);
    expect(Object.keys(first!).slice(-3)).toEqual(['species', 'species=long', 'species=short']);
    const csv = await api.ok<string>('GET', `/predict/download/${row.id}`);
    expect(csv.split('\n')[0]).toContain('species=long');
    expect(await api.call('DELETE', `/predict/${row.id}`)).toMatchObject({ status: 200, body: null });
  });
});

describe('parts of the training data', () => {
  it.each([
    ['test', 12],
    ['all', 60],
    [null, 60],
  ])('%s has its rows', async (split, rows) => {
    const { row } = await predict({ dataset_id: dataset.id, split });
    const info = await api.ok<{ total: number }>('GET', `/dataset/filter/?path=${row.results_path}&page=0&page_size=1`);
    expect(info.total).toBe(rows);
    expect((await check({ dataset_id: dataset.id, split })).rows).toBe(rows);
  });

  it('an unknown one is refused', async () => {
    const { status, error } = await predict({ dataset_id: dataset.id, split: 'nonsense' });
    expect({ status, error }).toMatchObject({ status: 'error', error: expect.stringContaining('nonsense') as string });
    const asked = await api.call('POST', '/predict/check', { run_id: run.id, dataset_id: dataset.id, split: 'x' });
    expect(asked).toMatchObject({ status: 422, body: { code: 'split-unknown' } });
  });
});

describe('typed rows with files in their cells', () => {
  const rows = JSON.stringify([{ length: 'file_0_length', colour: 'red' }]);
  const file: [string, Blob] = ['a.txt', new Blob(['8.5\n'])];

  it('are previewed', async () => {
    const fields = { run_id: String(run.id), manual_input_data: rows, file_0_length: file };
    expect(await api.ok('POST', '/predict/preview', form(fields))).toEqual({
      columns: ['length', 'colour', 'species'],
      rows: [[8.5, 'red', 'long']],
      notes: [expect.objectContaining({ code: 'numbers-as-text' })],
    });
  });

  it('are predicted', async () => {
    const { id } = await api.ok<Prediction>('POST', '/predict/', { run_id: run.id });
    const kwargs = { kwargs: { prediction_id: id, manual_input_data: JSON.parse(rows) as unknown } };
    const job = form({ job_type: 'PredictJob', kwargs: JSON.stringify(kwargs), file_0_length: file });
    expect(await api.end((await api.ok<{ id: string }>('POST', '/job/', job)).id)).toMatchObject({
      status: 'finished',
    });
    const [row] = await api.ok<Prediction[]>('GET', `/predict/?prediction_id=${id}`);
    expect(await rowsOf(row!)).toMatchObject([{ length: 8.5, species: 'long' }]);
  });

  it.each([
    ['a file no cell names', { manual_input_data: '[{"length":1,"colour":"red"}]', file_0_length: file }],
    ['a row that is not there', { manual_input_data: rows, file_7_length: file }],
    ['a policy nobody knows', { manual_input_data: rows, file_0_length: file, policy: '{"missing":"guess"}' }],
    ['no list', { manual_input_data: '{}' }],
    ['an empty list', { manual_input_data: '[]' }],
    ['no objects', { manual_input_data: '[1]' }],
  ])('are refused with %s', async (_, fields) => {
    const answer = await api.call('POST', '/predict/preview', form({ run_id: String(run.id), ...fields }));
    expect(answer).toMatchObject({ status: 422, body: { code: 'manual-input-invalid' } });
  });
});

describe('typed rows that the model does not take', () => {
  const row = { length: 8, colour: 'red' };

  it.each<[string, object, object, RegExp]>([
    ['input-columns-missing', { length: 8 }, {}, /colour/],
    ['input-columns-extra', { ...row, weight: 2 }, { extra: 'refuse' }, /weight/],
    ['input-levels-unseen', { ...row, colour: 'pink' }, { unseen: 'refuse' }, /colour.*pink/],
    ['input-type-differs', { ...row, length: '8' }, { types: 'refuse' }, /length/],
    ['values-not-convertible', { ...row, length: 'nine' }, {}, /length.*nine/],
    ['missing-values', { ...row, length: null }, {}, /length/],
  ])('are refused with %s for %j under %j, and nothing is stored', async (code, given, policy, named) => {
    const before = await api.ok<unknown[]>('GET', '/predict/');
    const fields = { manual_input_data: JSON.stringify([given]), policy: JSON.stringify(policy) };
    const answer = await api.call('POST', '/predict/preview', form({ run_id: String(run.id), ...fields }));
    expect(answer).toMatchObject({ status: 422, body: { code } });
    const { detail } = answer.body as { detail: string };
    expect(detail).toMatch(/^Invalid input data: /);
    expect(detail).toMatch(named);
    expect(await api.ok('GET', '/predict/')).toEqual(before);
  });
});

describe('refusals', () => {
  it.each([
    ['/predict/check', { run_id: 999 }, 404, 'run-not-found'],
    ['/predict/check', { dataset_id: 999 }, 404, 'dataset-not-found'],
    ['/predict/check', {}, 422, 'manual-input-invalid'],
    ['/predict/check', { policy: { missing: 'guess' } }, 422, 'input-invalid'],
    ['/predict/', { dataset_id: 999 }, 404, 'dataset-not-found'],
  ])('%s %j', async (path, body, status, code) => {
    expect(await api.call('POST', path, { run_id: run.id, ...body })).toMatchObject({ status, body: { code } });
  });

  it('probabilities of numbers', async () => {
    const regression = await api.ok<{ id: number }>('POST', '/model-session/', {
      dataset_id: dataset.id,
      name: 'numbers',
      task_name: 'RegressionTask',
      input_columns: ['colour'],
      output_columns: ['length'],
      train_metrics: [],
      validation_metrics: [],
      test_metrics: ['R2'],
      evaluation_strategy: 'HoldoutEvaluationStrategy',
      splits: JSON.stringify({ train: 0.6, validation: 0.2, test: 0.2 }),
    });
    const other = await trained(api, regression.id, 'LinearRegression');
    const body = { run_id: other.id, dataset_id: dataset.id, probabilities: true };
    expect(await api.call('POST', '/predict/', body)).toMatchObject({
      status: 422,
      body: { code: 'probabilities-unavailable' },
    });
    const typed = { run_id: String(other.id), manual_input_data: '[{"colour":"red"}]', probabilities: 'true' };
    expect(await api.call('POST', '/predict/preview', form(typed))).toMatchObject({
      status: 422,
      body: { code: 'probabilities-unavailable', detail: expect.stringContaining('LinearRegression') as string },
    });
  });
});
