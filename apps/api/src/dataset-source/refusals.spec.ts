import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { apiHouse, told } from '../api.fixture.js';
import { meetRefusal, type Refused } from '../refusal.fixture.js';
import { houseWorker } from '../worker.fixture.js';

/** Hubs in every bad mood: by the first word of a path, what is answered. */
const MOODS: Readonly<Record<string, readonly [status: number, body: string]>> = {
  hugging: [500, '{}'],
  kaggle: [200, '<html>'],
  zenodo: [200, '{"hits":7}'],
};
const hubs = createServer(({ url = '', headers }, response) => {
  const [status, body] = MOODS[url.split('/')[1] ?? ''] ?? [404, ''];
  response.statusCode = headers.authorization === 'Bearer wrong' ? 401 : status;
  response.end(body);
});
await new Promise<void>((resolve) => hubs.listen(0, '127.0.0.1', resolve));
const at = `http://127.0.0.1:${(hubs.address() as AddressInfo).port}`;
const house = apiHouse({
  env: {
    MILLRACE_MODEL_HUB: `${at}/hugging`,
    MILLRACE_KAGGLE_URL: `${at}/kaggle`,
    MILLRACE_ZENODO_URL: `${at}/zenodo`,
    // Nobody listens there.
    MILLRACE_OPENML_URL: 'http://127.0.0.1:1',
  },
});
houseWorker(house);
afterAll(() => void hubs.close());

const ids: Record<string, string | number> = { nobody: 999_999 };
beforeAll(async () => {
  const fetched = async (name: string, files: readonly string[] | null): Promise<number> => {
    const body = { source_name: 'OpenMLDatasetSource', dataset_id: name, name };
    const { id } = (await told<{ id: number }>(house, 'POST', '/api/v1/datafile/', body)).body;
    const entries = files?.map((file, at) => ({ name: file, key: `datafiles/${id}/${at}`, sizeBytes: 4 }));
    if (entries)
      await house.ports.db.query(`UPDATE datafile SET status = 'ready', files = $2 WHERE id = $1`, [id, JSON.stringify(entries)]); // prettier-ignore
    return id;
  };
  ids['coming'] = await fetched('coming', null);
  ids['one'] = await fetched('one', ['one.csv']);
  ids['two'] = await fetched('two', ['first.csv', 'second.csv']);
  const made = await told<{ id: number }>(house, 'POST', '/api/v1/dataset/', { name: 'to fill' });
  expect(made.status).toBe(201);
  ids['dataset'] = made.body.id;
});

const failing = ['HuggingFace', 'Kaggle', 'Zenodo', 'OpenML'].flatMap((hub): Refused[] => {
  const name = `${hub}DatasetSource`;
  const code = 'dataset-source-failed';
  return [
    [code, 502, 'GET', `/dataset-source/${name}/search?q=iris`, undefined, name],
    [code, 502, 'GET', `/dataset-source/${name}/${hub === 'Kaggle' ? 'a%2Fb' : '61'}/info`, undefined, name],
  ];
});
const NO_SOURCE = ['dataset-source-unknown', 404] as const;
const hubRows: readonly Refused[] = [
  ...failing,
  [...NO_SOURCE, 'GET', '/dataset-source/NoSource/search?q=iris', undefined, 'NoSource'],
  [...NO_SOURCE, 'GET', '/dataset-source/CSVDataLoader/search?q=iris', undefined, 'CSVDataLoader'],
  [...NO_SOURCE, 'GET', '/dataset-source/NoSource/61/info', undefined, 'NoSource'],
];

const LOOK = ['POST', '/dataset-source/OpenMLDatasetSource/61/preview'] as const;
const look = (datafile: string | number, change: object = {}) => ({
  datafile_id: datafile,
  dataloader: 'CSVDataLoader',
  params: {},
  ...change,
});
const previews: readonly Refused[] = [
  [...NO_SOURCE, 'POST', '/dataset-source/NoSource/61/preview', look('{one}'), 'NoSource'],
  ['datafile-not-found', 404, ...LOOK, look(999_999), 'id={nobody}'],
  ['datafile-not-ready', 409, ...LOOK, look('{coming}'), 'files of {coming}'],
  ['datafile-file-unknown', 422, ...LOOK, look('{one}', { selected_file: 'none.csv' }), '"none.csv"'],
  ['datafile-file-unknown', 422, ...LOOK, look('{two}'), 'first.csv, second.csv'],
  ['component-not-registered', 422, ...LOOK, look('{one}', { dataloader: 'NoLoader' }), '"NoLoader"'],
  ['parameters-invalid', 422, ...LOOK, look('{one}', { params: { skiprows: -1 } }), '"skiprows"'],
];

const FILL = ['POST', '/dataset-source/OpenMLDatasetSource/61/import'] as const;
const fill = (datafile: unknown, change: object = {}, dataset: unknown = '{dataset}') => ({
  dataset_id: dataset,
  params: { datafile_id: datafile, ...change },
});
const imports: readonly Refused[] = [
  [...NO_SOURCE, 'POST', '/dataset-source/NoSource/61/import', fill('{one}'), 'NoSource'],
  ['datafile-not-found', 404, ...FILL, fill(999_999), 'id={nobody}'],
  ['datafile-not-ready', 409, ...FILL, fill('{coming}'), 'files of {coming}'],
  ['datafile-file-unknown', 422, ...FILL, fill('{one}', { selected_file: 'none.csv' }), '"none.csv"'],
  ['datafile-file-unknown', 422, ...FILL, fill('{two}'), 'first.csv, second.csv'],
  ['component-not-registered', 422, ...FILL, fill('{one}', { dataloader: 'NoLoader' }), '"NoLoader"'],
  ['parameters-invalid', 422, ...FILL, fill('{one}', { dataloader_params: { skiprows: -1 } }), '"skiprows"'],
  ['dataset-not-found', 404, ...FILL, fill('{one}', {}, 999_999), 'id={nobody}'],
  ['job-kwargs-invalid', 422, ...FILL, fill('the first'), 'datafile_id'],
  ['job-kwargs-invalid', 422, ...FILL, fill('{one}', { inferred_types: 5 }), 'inferred_types'],
];

const newFile = { source_name: 'NoSource', dataset_id: '61', name: 'iris' };
const datafiles: readonly Refused[] = [
  [...NO_SOURCE, 'POST', '/datafile/', newFile, 'NoSource'],
  [...NO_SOURCE, 'POST', '/datafile/', { ...newFile, source_name: 'CSVDataLoader' }, 'CSVDataLoader'],
  ['datafile-not-found', 404, 'GET', '/datafile/{nobody}', undefined, 'id={nobody}'],
  ['datafile-not-found', 404, 'GET', '/datafile/{nobody}/files', undefined, 'id={nobody}'],
  ['datafile-not-ready', 409, 'GET', '/datafile/{coming}/files', undefined, 'files of {coming}'],
  ['datafile-not-found', 404, 'DELETE', '/datafile/{nobody}', undefined, 'id={nobody}'],
];

const HUGGING = 'HuggingFaceCredential';
const auth = (name: string) => ['POST', `/credential/${name}/auth`] as const;
const credentials: readonly Refused[] = [
  ['credential-unknown', 404, 'GET', '/credential/NoCredential', undefined, 'NoCredential'],
  ['credential-unknown', 404, ...auth('NoCredential'), { key: 'x' }, 'NoCredential'],
  ['credential-rejected', 400, ...auth(HUGGING), { key: 'wrong' }, HUGGING],
  ['credential-rejected', 400, ...auth(HUGGING), { key: 'two words' }, HUGGING],
  [
    'dataset-source-failed',
    502,
    ...auth(HUGGING),
    { key: 'right' },
    `${HUGGING} does not answer as it should (HTTP 500)`,
  ],
  ['credential-unknown', 404, 'DELETE', '/credential/NoCredential', undefined, 'NoCredential'],
];

describe.each([
  ['hubs', hubRows],
  ['previews of fetched files', previews],
  ['imports of fetched files', imports],
  ['fetched files', datafiles],
  ['credentials', credentials],
])('what is refused of %s changes nothing', (_, rows) => {
  it.each(rows)('%s: %i %s %s', (...row) => meetRefusal(house, ids, row));
});
