import { Readable } from 'node:stream';

import { beforeAll, describe, expect, it } from 'vitest';

import { apiHouse, formOf, told } from '../api.fixture.js';
import { meetRefusal, type Refused, stateOf } from '../refusal.fixture.js';
import { houseWorker } from '../worker.fixture.js';

const UPLOAD_BYTES = 2000;
const house = apiHouse({ env: { MILLRACE_UPLOAD_BYTES: `${UPLOAD_BYTES}` } });
houseWorker(house);

const TASK = 'TextToTextGenerationTask';
const MODEL = 'Qwen25_05BInstruct';
/** Not downloaded. */
const OTHER = 'SmolLM2_360MInstruct';
/** Of another task. */
const PAINTER = 'Painter';
const session = (change: object = {}) => ({
  name: 'new',
  task_name: TASK,
  model_name: MODEL,
  parameters: { max_tokens: 50, temperature: 0.5 },
  ...change,
});

const ids: Record<string, string | number> = { nobody: 999_999 };
beforeAll(async () => {
  const { ports } = house;
  await ports.storage.write(`downloads/${MODEL}/weights`, Readable.from(['w']));
  await ports.db.query(
    `INSERT INTO component (name, position, manifest)
     SELECT $1, 1000, manifest || jsonb_build_object('name', $1::text, 'compatible', '[]'::jsonb) FROM component WHERE name = $2`,
    [PAINTER, MODEL],
  );
  await ports.catalogue.refresh();
  const made = async (name: string): Promise<number> => {
    const answer = await told<{ id: number }>(house, 'POST', '/api/v1/generative-session/', session({ name }));
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  };
  ids['talk'] = await made('talk');
  ids['other'] = await made('other');
  ids['orphan'] = await made('orphan');
  await ports.db.query(`UPDATE generative_session SET model_name = 'GoneModel' WHERE id = $1`, [ids['orphan']]);
});

const POST = ['POST', '/generative-session/'] as const;
const PATCH = ['PATCH', '/generative-session/{talk}'] as const;
const PUT = ['PUT', '/generative-session/{talk}/parameters'] as const;
const hot = { temperature: 'hot' };
const unknown = (method: string, path: string, body?: object): Refused => [
  'generative-session-not-found',
  404,
  method,
  path,
  body,
  'ID {nobody}',
];
const INVALID = ['generative-parameters-invalid', 400] as const;
const sessions: readonly Refused[] = [
  ['not-generative', 400, ...POST, session({ task_name: 'RegressionTask' }), '"RegressionTask"'],
  ['not-generative', 400, ...POST, session({ model_name: 'LinearRegression' }), '"LinearRegression"'],
  ['model-task-mismatch', 422, ...POST, session({ model_name: PAINTER }), `${PAINTER} does not do the task ${TASK}`],
  [...INVALID, ...POST, session({ parameters: hot }), '"temperature"'],
  [...INVALID, ...POST, session({ parameters: { speed: 1 } }), '"speed"'],
  ['component-not-downloaded', 409, ...POST, session({ model_name: OTHER }), `"${OTHER}"`],
  ['name-empty', 422, ...POST, session({ name: ' ' }), 'Name cannot be empty'],
  ['name-exists', 409, ...POST, session({ name: ' talk ' }), '"talk"'],
  unknown('GET', '/generative-session/{nobody}'),
  unknown('GET', '/generative-session/{nobody}/parameters-history'),
  unknown('GET', '/generative-session/parameters-history/{nobody}'),
  unknown('DELETE', '/generative-session/{nobody}'),
];
const changes: readonly Refused[] = [
  unknown('PATCH', '/generative-session/{nobody}', { name: 'new' }),
  ['not-generative', 400, ...PATCH, { name: 'new', model_name: 'LinearRegression' }, '"LinearRegression"'],
  [
    'model-task-mismatch',
    422,
    ...PATCH,
    { name: 'new', model_name: PAINTER },
    `${PAINTER} does not do the task ${TASK}`,
  ],
  [...INVALID, ...PATCH, { name: 'new', parameters: hot }, '"temperature"'],
  [...INVALID, ...PATCH, { model_name: OTHER, parameters: { speed: 1 } }, '"speed"'],
  // The change of the parameters before it is taken back as well.
  ['name-empty', 422, ...PATCH, { name: ' ', parameters: { max_tokens: 7 } }, 'Name cannot be empty'],
  ['name-exists', 409, ...PATCH, { name: 'other', parameters: { max_tokens: 7 } }, '"other"'],
  unknown('PUT', '/generative-session/{nobody}/parameters', { max_tokens: 7 }),
  [...INVALID, ...PUT, { max_tokens: 7, ...hot }, '"temperature"'],
  ['not-generative', 400, 'PUT', '/generative-session/{orphan}/parameters', { max_tokens: 7 }, '"GoneModel"'],
];

const turn = (inputs: Readonly<Record<string, string>>, id = '{talk}') => formOf({ session_id: id, ...inputs });
/** One file that fits and one that does not: neither stays. */
const withFiles = (): FormData => {
  const form = turn({ text_0: 'look' });
  form.set('file_1', new Blob(['small']), 'small.png');
  form.set('file_2', new Blob(['x'.repeat(UPLOAD_BYTES + 1)]), 'large.png');
  return form;
};
const misnamed = (): FormData => {
  const form = turn({ text_0: 'look' });
  form.set('picture', new Blob(['small']), 'small.png');
  return form;
};
const TURN = ['POST', '/generative-process/'] as const;
const missing = (method: string, path: string): Refused => [
  'generative-process-not-found',
  404,
  method,
  path,
  undefined,
  'ID {nobody}',
];
const NO_MEDIA = '00000000-0000-0000-0000-000000000000.png';
const turns: readonly Refused[] = [
  unknown(...TURN, turn({ text_0: 'hello' }, '{nobody}')),
  ['generative-input-invalid', 422, ...TURN, turn({}), 'text_0'],
  ['generative-input-invalid', 422, ...TURN, turn({ hello: 'world' }), 'hello ≠ <name>_<n>'],
  ['generative-input-invalid', 422, ...TURN, misnamed(), 'picture ≠ <name>_<n>'],
  ['upload-too-large', 413, ...TURN, withFiles(), `${UPLOAD_BYTES} bytes`],
  ['media-not-found', 404, 'GET', `/generative-process/file/${NO_MEDIA}`, undefined, 'no such media file'],
  ['media-not-found', 404, 'GET', `/generative-process/image/${NO_MEDIA}`, undefined, 'no such media file'],
  ['media-not-found', 404, 'GET', '/generative-process/file/..%2f..%2fkey', undefined, 'no such media file'],
  missing('GET', '/generative-process/{nobody}'),
  missing('GET', '/generative-process/{nobody}/results'),
  missing('DELETE', '/generative-process/{nobody}'),
];

const download = (name: string) => ['POST', `/component/${name}/download`] as const;
const noComponent = (method: string, path: string): Refused => [
  'component-not-found',
  404,
  method,
  path,
  undefined,
  'NoComponent',
];
const components: readonly Refused[] = [
  ['component-type-unknown', 422, 'GET', '/component/?select_types=Nonsense', undefined, '"Nonsense"'],
  ['component-type-unknown', 422, 'GET', '/component/?ignore_types=Nonsense', undefined, '"Nonsense"'],
  ['component-not-registered', 422, 'GET', '/component/?related_component=NoComponent', undefined, '"NoComponent"'],
  noComponent('GET', '/component/NoComponent/'),
  noComponent('GET', '/component/NoComponent/download'),
  noComponent(...download('NoComponent')),
  noComponent('DELETE', '/component/NoComponent/download'),
  noComponent('GET', '/component/image/NoComponent/'),
  ['component-not-downloadable', 409, ...download('LinearRegression'), undefined, 'LinearRegression'],
  ['component-not-downloadable', 409, 'DELETE', '/component/LinearRegression/download', undefined, 'LinearRegression'],
  ['component-present', 409, ...download(MODEL), undefined, MODEL],
  ...['POST', 'PATCH', 'DELETE'].map((method): Refused => [
    'not-implemented',
    501,
    method,
    '/component/',
    undefined,
    'not implemented',
  ]),
];

describe.each([
  ['sessions', sessions],
  ['changes of sessions', changes],
  ['turns', turns],
  ['components and their downloads', components],
])('what is refused of %s changes nothing', (_, rows) => {
  it.each(rows)('%s: %i %s %s', (...row) => meetRefusal(house, ids, row));
});

it('a change of nothing is answered without a body', async () => {
  const before = await stateOf(house);
  const answer = await told(house, 'PATCH', `/api/v1/generative-session/${ids['talk']}`, {});
  expect(answer).toMatchObject({ status: 304, text: '' });
  expect(await stateOf(house)).toEqual(before);
});

it('a turn is a form', async () => {
  const before = await stateOf(house);
  const asXml = { 'content-type': 'application/xml' };
  const answer = await told(house, 'POST', '/api/v1/generative-process/', Buffer.from('<turn/>'), asXml);
  const detail = 'This content type is not accepted here. Send multipart/form-data.';
  expect(answer).toMatchObject({ status: 415, body: { code: 'media-type-unsupported', detail } });
  expect(await stateOf(house)).toEqual(before);
});
