import { beforeAll, describe, expect, it } from 'vitest';

import { apiHouse, formOf, told } from '../api.fixture.js';
import { loadedDataset } from '../dataset/loaded-dataset.fixture.js';
import { meetRefusal, type Refused } from '../refusal.fixture.js';
import { houseWorker } from '../worker.fixture.js';

const house = apiHouse();
const worker = houseWorker(house);
const ids: Record<string, string | number> = { nobody: 999_999 };
const made = async (path: string, body: object): Promise<number> => {
  const answer = await told<{ id: number }>(house, 'POST', `/api/v1${path}`, body);
  expect(answer).toMatchObject({ status: 201 });
  return answer.body.id;
};
const named = (...columns: string[]) => columns.map((columnName) => ({ columnName }));
const histogram = (change: object = {}) => ({
  notebook_id: '{notebook}',
  exploration_type: 'HistogramPlotExplorer',
  columns: named('size'),
  parameters: {},
  ...change,
});
const scaler = (change: object = {}, params: object = {}) => ({
  notebook_id: '{notebook}',
  converter: 'MinMaxScaler',
  parameters: { params },
  ...change,
});

beforeAll(async () => {
  ids['waiting'] = await made('/dataset/', { name: 'waiting' });
  const { id } = await loadedDataset(house, 'flowers', 'size,weight,kind\n1,2.5,x\n2,3.5,y\n3,4.5,x\n');
  ids['notebook'] = await made('/notebook/', { dataset_id: id, name: 'looks' });
  // Nothing is to run from here on: what is submitted waits.
  worker.rest();
  const looked = histogram({ notebook_id: ids['notebook'] });
  ids['explorer'] = await made('/explorer/', looked);
  ids['orphan'] = await made('/explorer/', looked);
  await house.ports.db.query(`UPDATE explorer SET exploration_type = 'GoneExplorer' WHERE id = $1`, [ids['orphan']]);
  ids['step'] = await made('/converter/', scaler({ notebook_id: ids['notebook'] }));
  const kwargs = JSON.stringify({ explorer_id: ids['explorer'] });
  expect((await told(house, 'POST', '/api/v1/job/', formOf({ job_type: 'ExplorerJob', kwargs }))).status).toBe(201);
});

const unknown = (code: string, method: string, path: string, body?: object): Refused => [
  code,
  404,
  method,
  path,
  body,
  'id={nobody}',
];

const notebooks: readonly Refused[] = [
  ['dataset-not-found', 404, 'POST', '/notebook/', { dataset_id: 999_999 }, 'id={nobody}'],
  ['dataset-not-finished', 422, 'POST', '/notebook/', { dataset_id: '{waiting}' }, '{waiting} is not loaded yet'],
  unknown('notebook-not-found', 'GET', '/notebook/{nobody}'),
  unknown('notebook-not-found', 'PATCH', '/notebook/{nobody}', { name: 'new' }),
  ['name-empty', 422, 'PATCH', '/notebook/{notebook}', { name: '  ' }, 'Name cannot be empty'],
  unknown('notebook-not-found', 'DELETE', '/notebook/{nobody}'),
];

const POST = ['POST', '/explorer/'] as const;
const PATCH = ['PATCH', '/explorer/{explorer}/'] as const;
const RESULTS = '/explorer/{explorer}/results/';
const change = (columns: object[], parameters: object = {}) => ({ columns, parameters, name: 'changed' });
const explorers: readonly Refused[] = [
  unknown('notebook-not-found', ...POST, histogram({ notebook_id: 999_999 })),
  ['component-not-found', 404, ...POST, histogram({ exploration_type: 'NoExplorer' }), 'NoExplorer'],
  ['component-not-found', 404, ...POST, histogram({ exploration_type: 'MinMaxScaler' }), 'MinMaxScaler'],
  ['explorer-parameters-invalid', 400, ...POST, histogram({ parameters: { nbins: 0 } }), '"nbins"'],
  ['explorer-parameters-invalid', 400, ...POST, histogram({ parameters: { speed: 1 } }), '"speed"'],
  ['explorer-columns-invalid', 400, ...POST, histogram({ columns: named('height') }), 'height'],
  ['explorer-columns-invalid', 400, ...POST, histogram({ columns: [{ name: 'size' }] }), 'columnName'],
  ['explorer-columns-invalid', 400, ...POST, histogram({ columns: named('size', 'weight') }), '1'],
  unknown('explorer-not-found', 'GET', '/explorer/{nobody}/'),
  unknown('explorer-not-found', 'PATCH', '/explorer/{nobody}/', change(named('size'))),
  ['component-not-found', 404, 'PATCH', '/explorer/{orphan}/', change(named('size')), 'GoneExplorer'],
  ['explorer-parameters-invalid', 400, ...PATCH, change(named('size'), { nbins: 0 }), '"nbins"'],
  ['explorer-columns-invalid', 400, ...PATCH, change([{}]), 'columnName'],
  unknown('explorer-not-found', 'DELETE', '/explorer/{nobody}/'),
  unknown('explorer-not-found', 'POST', '/explorer/{nobody}/results/', {}),
  ['explorer-not-finished', 400, 'POST', RESULTS, {}, '{explorer} has no results yet'],
  unknown('explorer-not-found', 'PUT', '/explorer/{nobody}/results/', { index: 0, figure: {} }),
  ['artifact-not-found', 404, 'PUT', RESULTS, { index: 7, figure: {} }, 'figure 7'],
  unknown('explorer-not-found', 'DELETE', '/explorer/{nobody}/results/override/0'),
];

const STEP = ['POST', '/converter/'] as const;
const converters: readonly Refused[] = [
  unknown('notebook-not-found', ...STEP, scaler({ notebook_id: 999_999 })),
  ['component-not-registered', 422, ...STEP, scaler({ converter: 'NoScaler' }), '"NoScaler"'],
  ['component-not-registered', 422, ...STEP, scaler({ converter: 'LinearRegression' }), '"LinearRegression"'],
  ['parameters-invalid', 422, ...STEP, scaler({}, { min_range: -1 }), '"min_range"'],
  ['parameters-invalid', 422, ...STEP, scaler({}, { speed: 1 }), '"speed"'],
  ['parameters-invalid', 422, ...STEP, scaler({}, { min_range: 2, max_range: 1 }), 'The lower end lies below'],
  unknown('converter-not-found', 'GET', '/converter/{nobody}'),
  unknown('converter-not-found', 'DELETE', '/converter/{nobody}'),
  ['entity-busy', 409, 'DELETE', '/converter/{step}', undefined, 'still working on this'],
];

describe.each([
  ['notebooks', notebooks],
  ['explorers', explorers],
  ['steps', converters],
])('what is refused of %s changes nothing', (_, rows) => {
  it.each(rows)('%s: %i %s %s', (...row) => meetRefusal(house, ids, row));
});
