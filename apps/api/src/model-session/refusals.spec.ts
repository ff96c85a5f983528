import { beforeAll, describe, expect, it } from 'vitest';

import { STATUS } from '#contract';

import { apiHouse, told } from '../api.fixture.js';
import { workbench } from '../workbench.fixture.js';

const house = apiHouse();
const { dataset, session, run, rows } = workbench(house);
/** Ids of data sets in the words of the rows below. */
let ids: Record<'{finished}' | '{loading}' | '{long}', number>;
beforeAll(async () => {
  ids = {
    '{finished}': await dataset(),
    '{loading}': await dataset({ status: STATUS.started }),
    '{long}': await dataset({ total_rows: 1001 }),
  };
  await session({ name: 'taken' });
});
const filled = (body: object): object =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]: [string, unknown]) => [
      key,
      new Map<unknown, number>(Object.entries(ids)).get(value) ?? value,
    ]),
  );
const refusal = (status: number, code: string, detail: RegExp): object => ({
  status,
  body: { code, detail: expect.stringMatching(detail) as string },
});
const many = Array.from({ length: 4 }, (_none, at) => `c${at}`);
const leaveOneOut = { evaluation_strategy: 'Folds', splits: '{"splitter_name":"LeaveOneOut"}' };

describe('a change of a session', () => {
  let trained: number;
  let byRow: number;
  let busy: number;
  beforeAll(async () => {
    [trained, byRow, busy] = [await session(), await session(leaveOneOut), await session()];
    await run({ model_session_id: trained });
    await run({ model_session_id: byRow });
    await run({ model_session_id: busy, status: STATUS.started });
  });
  const at = (which: 'trained' | 'byRow' | 'busy'): number => ({ trained, byRow, busy })[which];

  it.each<[number, string, object, RegExp, ('byRow' | 'busy')?]>([
    [400, 'column-selection-invalid', { input_columns: many }, /out of range: 4 > 3\. Choose/],
    [404, 'column-not-found', { input_columns: ['nowhere'] }, /nowhere/],
    [404, 'component-not-found', { task_name: 'Nothing' }, /Nothing/],
    [404, 'dataset-not-found', { dataset_id: 1_999_999 }, /1999999/],
    [422, 'dataset-not-finished', { dataset_id: '{loading}' }, /is not loaded yet\. Wait until its job has finished/],
    [422, 'input-is-output', { input_columns: ['kind'] }, /kind/],
    [422, 'task-columns-invalid', { output_columns: ['b'] }, /do not fit the task Sorting: output: b \(Float\)/],
    [422, 'task-columns-invalid', { task_name: 'Guessing' }, /do not fit the task Guessing: output: kind \(Categorical\)/],
    [422, 'task-columns-invalid', { task_name: 'Guessing', output_columns: ['b'] }, /task Guessing: the metric Accuracy does not judge it\./],
    [422, 'splitter-rows-too-many', { dataset_id: '{long}' }, /1001 rows are too many for that: 1000 is the most/, 'byRow'],
    [409, 'entity-busy', { input_columns: ['b'] }, /^A job is still working on this/, 'busy'],
    [422, 'name-empty', { name: '  ', input_columns: ['b'] }, /name/],
    [409, 'name-exists', { name: 'taken', input_columns: ['b'] }, /taken/],
  ])('is refused with %i, %s for %j, and its runs stay trained', async (status, code, change, detail, which) => {
    const before = await rows('model_session', 'run');
    const answer = await told(house, 'PATCH', `/api/v1/model-session/${at(which ?? 'trained')}`, filled(change));
    expect(answer).toMatchObject(refusal(status, code, detail));
    expect(await rows('model_session', 'run')).toEqual(before);
  }); // prettier-ignore

  it('is refused when the new data set lacks the column that its folds go by', async () => {
    const grouped = await session({ evaluation_strategy: 'Folds', splits: '{"splitter_name":"Grouped","group":"shelf"}' }); // prettier-ignore
    const before = await rows('model_session');
    const change = { dataset_id: ids['{finished}'] };
    const answer = await told(house, 'PATCH', `/api/v1/model-session/${grouped}`, change);
    expect(answer).toMatchObject(refusal(422, 'splits-invalid', /has no column "shelf" to group by/));
    expect(await rows('model_session')).toEqual(before);
  });
});

const created = {
  name: 'new',
  dataset_id: '{finished}',
  task_name: 'Sorting',
  input_columns: ['a'],
  output_columns: ['kind'],
  train_metrics: [],
  validation_metrics: [],
  test_metrics: [],
  evaluation_strategy: 'Holdout',
  splits: '{"splitter_name":"HoldoutSplitter"}',
};
it.each<[number, string, object, RegExp]>([
  [422, 'dataset-not-finished', { dataset_id: '{loading}' }, /is not loaded yet\. Wait until its job has finished/],
  [422, 'splitter-rows-too-many', { dataset_id: '{long}', ...leaveOneOut }, /1001 rows are too many for that: 1000 is the most/],
])('a session is not made, with %i, %s for %j', async (status, code, change, detail) => {
  const before = await rows('model_session');
  const answer = await told(house, 'POST', '/api/v1/model-session/', filled({ ...created, ...change }));
  expect(answer).toMatchObject(refusal(status, code, detail));
  expect(await rows('model_session')).toEqual(before);
}); // prettier-ignore

it.each<[number, string, object, RegExp]>([
  [400, 'column-selection-invalid', { inputs_columns: many }, /out of range: 4 > 3\. Choose/],
  [404, 'component-not-found', { task_name: 'Nothing' }, /Nothing/],
  [404, 'dataset-not-found', { dataset_id: 1_999_999 }, /1999999/],
  [422, 'dataset-not-finished', { dataset_id: '{loading}' }, /is not loaded yet\. Wait until its job has finished/],
])('columns cannot be judged, with %i, %s for %j', async (status, code, change, detail) => {
  const asked = { task_name: 'Sorting', dataset_id: '{finished}', inputs_columns: ['a'], outputs_columns: ['kind'] };
  const answer = await told(house, 'POST', '/api/v1/model-session/validation', filled({ ...asked, ...change }));
  expect(answer).toMatchObject(refusal(status, code, detail));
});
