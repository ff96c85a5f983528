import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { STATUS } from '#contract';

import { apiHouse, formOf, told } from '../api.fixture.js';
import { workbench } from '../workbench.fixture.js';

/** What is asked of a run once it is trained: explainers, reports, predictions, comparisons. No worker answers here. */
const house = apiHouse();
const { dataset, session, run, insert, rows } = workbench(house);
const OPERATIONS = ['global_explainer', 'local_explainer', 'report', 'prediction', 'statistical_test', 'job'];
let ids: Record<'{trained}' | '{untrained}' | '{loading}' | '{finished}' | '{ofLoading}', number>;
let global: number;
let local: number;
let report: number;
beforeAll(async () => {
  const loading = await dataset({ status: STATUS.started });
  const trained = await run();
  ids = {
    '{trained}': trained,
    '{untrained}': await run({ status: STATUS.notStarted }),
    '{loading}': loading,
    '{finished}': await dataset(),
    '{ofLoading}': await run({ model_session_id: await session({ dataset_id: loading }) }),
  };
  const common = { run_id: trained, status: STATUS.started, parameters: {} };
  global = await insert('global_explainer', { ...common, explainer_name: 'GlobalWhy' });
  const ofRows = { explainer_name: 'LocalWhy', dataset_id: loading, fit_parameters: {}, scope: {} };
  local = await insert('local_explainer', { ...common, ...ofRows });
  report = await insert('report', { ...common, report_name: 'Matrix' });
});
afterEach(() => vi.restoreAllMocks());

const filled = (body: object): object =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]: [string, unknown]) => [
      key,
      new Map<unknown, number>(Object.entries(ids)).get(value) ?? value,
    ]),
  );
const addressed = (path: string): string =>
  Object.entries({ ...ids, '{global}': global, '{local}': local, '{report}': report }).reduce(
    (url, [word, id]) => url.replace(word, `${id}`),
    `/api/v1${path}`,
  );
const refusal = (status: number, code: string, detail: RegExp): object => ({
  status,
  body: { code, detail: expect.stringMatching(detail) as string },
});

describe('what has not been computed is not told', () => {
  it.each<[string, string, number, string, RegExp]>([
    ['GET', '/explainer/global/{global}', 404, 'explainer-not-finished', /has no results yet\. Wait until its job/],
    ['GET', '/explainer/global/plot/{global}', 404, 'explainer-not-finished', /has no results yet\. Wait until its job/],
    ['GET', '/explainer/local/{local}', 404, 'explainer-not-finished', /has no results yet\. Wait until its job/],
    ['GET', '/explainer/local/plot/{local}', 404, 'explainer-not-finished', /has no results yet\. Wait until its job/],
    ['GET', '/explainer/explainable-splits/{untrained}', 404, 'run-not-finished', /^The run \d+ is not finished\. Train it/],
    ['GET', '/run/plot/{trained}/history', 404, 'plot-not-found', /^The run \d+ has no such plot\./],
    ['GET', '/run/{trained}/fold-metrics', 404, 'fold-metrics-not-found', /^No fold metrics found for this run\./],
    ['GET', '/run/?model_session_id=1999999', 404, 'model-session-not-found', /1999999/],
    ['GET', '/predict/filter_datasets?run_id=1999999', 404, 'run-not-found', /1999999/],
    ['DELETE', '/explainer/both/plot/{global}/override/0', 400, 'explainer-scope-unknown', /both/],
    ['PUT', '/explainer/global/plot/{global}/override', 404, 'artifact-not-found', /^There is no figure 7 among/],
    ['PUT', '/explainer/local/plot/{local}/override', 404, 'artifact-not-found', /^There is no figure 7 among/],
    ['PUT', '/report/{report}/override', 404, 'artifact-not-found', /^There is no figure 7 among/],
  ])('%s %s', async (method, path, status, code, detail) => {
    const before = await rows(...OPERATIONS);
    const body = method === 'PUT' ? { index: 7, figure: {} } : undefined;
    expect(await told(house, method, addressed(path), body)).toMatchObject(refusal(status, code, detail));
    expect(await rows(...OPERATIONS)).toEqual(before);
  }); // prettier-ignore
});

describe('nothing is made', () => {
  const why = { run_id: '{trained}', explainer_name: 'GlobalWhy', parameters: {} };
  const matrix = { run_id: '{trained}', report_name: 'Matrix', parameters: {} };
  const rowWhy = { ...why, explainer_name: 'LocalWhy', fit_parameters: {}, scope: {} };

  it.each<[string, object, number, string, RegExp]>([
    ['/explainer/global', { ...why, run_id: 1_999_999 }, 404, 'run-not-found', /1999999/],
    ['/explainer/global', { ...why, parameters: { share: 0 } }, 422, 'parameters-invalid', /share/],
    ['/explainer/global', { ...why, explainer_name: 'LocalWhy' }, 422, 'component-not-registered', /LocalWhy/],
    ['/explainer/local', { ...rowWhy, run_id: 1_999_999 }, 404, 'run-not-found', /1999999/],
    ['/explainer/local', { ...rowWhy, dataset_id: 1_999_999 }, 404, 'dataset-not-found', /1999999/],
    ['/explainer/local', { ...rowWhy, parameters: { share: 0 } }, 422, 'parameters-invalid', /share/],
    ['/explainer/local', { ...rowWhy, scope: { split: 'half' } }, 422, 'explainer-scope-invalid', /split/],
    ['/report/', { ...matrix, run_id: 1_999_999 }, 404, 'run-not-found', /1999999/],
    ['/report/', { ...matrix, parameters: { share: 0 } }, 422, 'parameters-invalid', /share/],
    ['/report/', { ...matrix, report_name: 'GlobalWhy' }, 422, 'component-not-registered', /GlobalWhy/],
    ['/explainer/local/validate-dataset', { run_id: '{trained}', dataset_id: '{loading}' }, 422, 'dataset-not-finished', /is not loaded yet/],
    ['/explainer/local/validate-dataset', { run_id: '{ofLoading}', dataset_id: '{finished}' }, 422, 'dataset-not-finished', /is not loaded yet/],
    ['/explainer/local/validate-dataset', { run_id: 1_999_999, dataset_id: '{finished}' }, 404, 'run-not-found', /1999999/],
    ['/explainer/local/valid-datasets', { run_id: 1_999_999 }, 404, 'run-not-found', /1999999/],
    ['/predict/', { run_id: 1_999_999, dataset_id: '{finished}' }, 404, 'run-not-found', /1999999/],
    ['/predict/check', { run_id: '{untrained}', dataset_id: '{finished}' }, 404, 'run-not-finished', /^The run \d+ is not finished\. Train it/],
    ['/predict/check', { run_id: '{trained}', dataset_id: '{loading}' }, 422, 'dataset-not-finished', /is not loaded yet/],
  ])('POST %s %j is refused with %i, %s', async (path, body, status, code, detail) => {
    const before = await rows(...OPERATIONS);
    const answer = await told(house, 'POST', addressed(path), filled(body));
    expect(answer).toMatchObject(refusal(status, code, detail));
    expect(await rows(...OPERATIONS)).toEqual(before);
  }); // prettier-ignore

  it('of rows for a run that is not there: the file among them does not stay', async () => {
    const form = formOf({ run_id: '1999999', manual_input_data: '[{"a":"file_0_a"}]' });
    form.append('file_0_a', new Blob(['1']), 'a.txt');
    const answer = await told(house, 'POST', '/api/v1/predict/preview', form);
    expect(answer).toMatchObject(refusal(404, 'run-not-found', /1999999/));
    expect(await house.ports.storage.list('uploads')).toEqual([]);
  });

  it('of no outcomes at all', async () => {
    const answer = await told(house, 'POST', '/api/v1/statistical-tests/save', []);
    expect(answer).toMatchObject(refusal(400, 'test-impossible', /there are no results to save/));
    const german = await told(house, 'POST', '/api/v1/statistical-tests/save', [], { 'accept-language': 'de' });
    expect(german).toMatchObject(refusal(400, 'test-impossible', /es gibt keine Ergebnisse zu sichern/));
  });

  it('of several outcomes to keep none is kept when the session of one is not there', async () => {
    const outcome = { test_name: 'PairedTest', metric_name: 'Accuracy', metric_split: 'TEST', alpha: 0.05, run_ids: [1, 2], run_names: {}, significant: false }; // prettier-ignore
    const kept = [
      { ...outcome, model_session_id: await session() },
      { ...outcome, model_session_id: 1_999_999 },
    ];
    const answer = await told(house, 'POST', '/api/v1/statistical-tests/save', kept);
    expect(answer).toMatchObject(refusal(404, 'model-session-not-found', /1999999/));
    expect(await rows('statistical_test')).toEqual([{ statistical_test: null }]);
  });
});

describe('while no worker answers', () => {
  const scores = { fold_metrics: { 1: [0.9, 0.8], 2: [0.7, 0.6] }, run_ids: [1, 2], run_names: {} };
  const compared = { test_name: 'PairedTest', metric_name: 'Accuracy', metric_split: 'TEST', ...scores };
  const cells = (): FormData => formOf({ run_id: `${ids['{trained}']}`, manual_input_data: '[{"a":"file_0_a"}]' });

  it.each<[string, () => object]>([
    ['/predict/check', () => filled({ run_id: '{trained}', dataset_id: '{finished}' })],
    ['/predict/preview', cells],
    ['/statistical-tests/run', () => compared],
  ])('POST %s is refused for a moment, and nothing waits or stays', async (path, body) => {
    const wait = globalThis.setTimeout;
    const hurried = (work: () => void, ms = 0): NodeJS.Timeout => wait(work, ms >= 30_000 ? 50 : ms);
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(hurried);
    const given = body();
    if (given instanceof FormData) given.append('file_0_a', new Blob(['1']), 'a.txt');
    const answer = await told(house, 'POST', `/api/v1${path}`, given);
    expect(answer).toMatchObject(refusal(503, 'unavailable', /Try again in a moment\.$/));
    expect(answer.body).toMatchObject({ values: { service: 'worker' } });
    const open = `SELECT type FROM job WHERE state IN ('not_started', 'started')`;
    expect(await house.ports.db.query(open)).toEqual([]);
    expect(await house.ports.storage.list('uploads')).toEqual([]);
  });
});
