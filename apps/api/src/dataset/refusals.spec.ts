import { beforeAll, describe, it } from 'vitest';

import { apiHouse, formOf, told } from '../api.fixture.js';
import { meetRefusal, type Refused } from '../refusal.fixture.js';
import { houseWorker } from '../worker.fixture.js';
import { loadedDataset } from './loaded-dataset.fixture.js';

const house = apiHouse();
houseWorker(house);
const ids: Record<string, string | number> = { nobody: 999_999 };
interface Row {
  readonly id: number;
}
const made = async (path: string, body: object): Promise<number> =>
  (await told<Row>(house, 'POST', `/api/v1${path}`, body)).body.id;

beforeAll(async () => {
  const { id, file_path: path } = await loadedDataset(
    house,
    'flowers',
    'size,weight,kind\n1,2.5,x\n2,3.5,y\n3,4.5,x\n',
  );
  ids['loaded'] = id;
  ids['token'] = path;
  ids['waiting'] = await made('/dataset/', { name: 'waiting' });
  ids['copied'] = await made('/dataset/', { name: 'flowers_copy' });
  ids['shelf'] = await made('/folder/', { name: 'shelf' });
  ids['other'] = await made('/folder/', { name: 'other' });
});

const file = new Blob(['a,b\n1,2\n']);
const upload = (fields: Readonly<Record<string, string>>): FormData => formOf(fields, file, 'new.csv');
const unfinished = (method: string, path: string, body?: object): Refused[] => [
  ['dataset-not-found', 404, method, path.replace(':id', '{nobody}'), body, 'id={nobody}'],
  ['dataset-not-finished', 422, method, path.replace(':id', '{waiting}'), body, '{waiting} is not loaded yet'],
];
const noTable = (path: string): Refused => ['path-token-invalid', 404, 'GET', path, undefined, 'names no table'];
const NOBODY = 'dataset-00000000-0000-0000-0000-000000000000';

const reads: readonly Refused[] = [
  ...unfinished('GET', '/dataset/:id/sample'),
  ...unfinished('GET', '/dataset/:id/info'),
  ...unfinished('GET', '/dataset/:id/types'),
  ...unfinished('GET', '/dataset/:id/model-sessions-exist'),
  ...unfinished('GET', '/dataset/:id/export/csv'),
  ['dataset-not-found', 404, 'GET', '/dataset/{nobody}', undefined, 'id={nobody}'],
  ...['filter/', 'file/', 'file/info', 'sample/file', 'types/file', 'export/csv'].flatMap((at) => [
    noTable(`/dataset/${at}?path=${NOBODY}`),
    noTable(`/dataset/${at}?path=../../etc/passwd`),
  ]),
  noTable(`/dataset/file/image?row=0&path=${NOBODY}`),
  ['not-found', 404, 'GET', '/dataset/file/image?row=0&path={token}', undefined, 'Not found'],
];

const rename = (from: string, to: string) => ({ old_name: from, new_name: to });
const RENAME = '/dataset/{loaded}/columns/rename';
const ENCODER = '/dataset/{loaded}/columns';
const changes: readonly Refused[] = [
  ['dataset-not-found', 404, 'PATCH', '/dataset/{nobody}', { name: 'x' }, 'id={nobody}'],
  ['folder-not-found', 404, 'PATCH', '/dataset/{loaded}', { name: 'x', folder_id: 999_999 }, 'id={nobody}'],
  ['dataset-name-empty', 422, 'PATCH', '/dataset/{loaded}', { name: ' \t' }, 'Name cannot be empty'],
  ['dataset-name-exists', 409, 'PATCH', '/dataset/{loaded}', { name: 'waiting ', folder_id: null }, '"waiting"'],
  ['dataset-not-found', 404, 'DELETE', '/dataset/{nobody}', undefined, 'id={nobody}'],
  ...unfinished('PATCH', '/dataset/:id/columns/rename', rename('size', 'length')),
  ['column-not-found', 404, 'PATCH', RENAME, rename('height', 'length'), '"height"'],
  ['column-exists', 409, 'PATCH', RENAME, rename('size', ' weight '), '"weight"'],
  ['column-rename-invalid', 422, 'PATCH', RENAME, rename('size', ' '), '""'],
  ['column-rename-invalid', 422, 'PATCH', RENAME, rename('size', 'size'), '"size"'],
  ['column-rename-invalid', 422, 'PATCH', RENAME, rename('size', '__proto__'), '"__proto__"'],
  ...unfinished('PATCH', '/dataset/:id/columns/kind/encoder', { encoder: 'label' }),
  ['column-not-found', 404, 'PATCH', `${ENCODER}/height/encoder`, { encoder: 'label' }, '"height"'],
  ['column-not-categorical', 422, 'PATCH', `${ENCODER}/weight/encoder`, { encoder: 'label' }, '"weight"'],
];

const makes: readonly Refused[] = [
  ['dataset-name-empty', 422, 'POST', '/dataset/', { name: ' ' }, 'Name cannot be empty'],
  ['dataset-name-exists', 409, 'POST', '/dataset/', { name: ' flowers ' }, '"flowers"'],
  ['file-missing', 422, 'POST', '/dataset/', formOf({ name: 'new' }), '"file"'],
  ['dataset-name-empty', 422, 'POST', '/dataset/', upload({ name: '' }), 'Name cannot be empty'],
  ['dataset-name-exists', 409, 'POST', '/dataset/', upload({ name: 'flowers' }), '"flowers"'],
  ['job-kwargs-invalid', 422, 'POST', '/dataset/', upload({ params: '{' }), 'params ≠ JSON'],
  ['job-kwargs-invalid', 422, 'POST', '/dataset/', upload({ params: '{"inferred_types":5}' }), 'inferred_types'],
  ['component-not-registered', 422, 'POST', '/dataset/', upload({ params: '{"dataloader":"NoLoader"}' }), '"NoLoader"'],
  ['parameters-invalid', 422, 'POST', '/dataset/', upload({ params: '{"skiprows":-1}' }), '"skiprows"'],
  ['dataset-not-found', 404, 'POST', '/dataset/copy', { dataset_id: 999_999 }, 'id={nobody}'],
  ['dataset-not-finished', 422, 'POST', '/dataset/copy', { dataset_id: '{waiting}' }, '{waiting} is not loaded yet'],
  ['dataset-name-exists', 409, 'POST', '/dataset/copy', { dataset_id: '{loaded}' }, '"flowers_copy"'],
];

const folders: readonly Refused[] = [
  ['name-empty', 422, 'POST', '/folder/', { name: '  ' }, 'Name cannot be empty'],
  ['name-exists', 409, 'POST', '/folder/', { name: 'shelf ' }, '"shelf"'],
  ['folder-not-found', 404, 'PATCH', '/folder/{nobody}', { name: 'new' }, 'id={nobody}'],
  ['name-empty', 422, 'PATCH', '/folder/{shelf}', { name: '\n' }, 'Name cannot be empty'],
  ['name-exists', 409, 'PATCH', '/folder/{shelf}', { name: 'other' }, '"other"'],
  ['folder-not-found', 404, 'DELETE', '/folder/{nobody}', undefined, 'id={nobody}'],
];

describe.each([
  ['reads', reads],
  ['changes', changes],
  ['new data sets', makes],
  ['folders', folders],
])('%s that are refused change nothing', (_, rows) => {
  it.each(rows)('%s: %i %s %s', (...row) => meetRefusal(house, ids, row));
});
