import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What openapi-fetch and its like derive from the generated types. */
const CALL = `
import type { paths } from './schema.js';
type Methods<P extends keyof paths> = { [M in keyof paths[P]]: paths[P][M] extends { responses: object } ? M : never }[keyof paths[P]];
type Content<T> = T extends { content: infer C } ? C[keyof C] : never;
type Ok<O> = O extends { responses: infer R } ? Content<R[(200 | 201) & keyof R]> : never;
type Body<O> = O extends { requestBody: infer B } ? { body: Content<B> } : O extends { requestBody?: infer B } ? { body?: Content<NonNullable<B>> } : {};
type Query<O> = O extends { parameters: { query: infer Q } } ? { query: Q } : {};
type Path<O> = O extends { parameters: { path: infer Q } } ? { path: Q } : {};
declare function call<P extends keyof paths, M extends Methods<P>>(
  method: M, path: P, input: Body<paths[P][M]> & Query<paths[P][M]> & Path<paths[P][M]>,
): Promise<Ok<paths[P][M]>>;
`;

/** From a table to predictions, as a stranger would write it against the document alone. */
const MAIN_JOB = `${CALL}
export async function mainJob(): Promise<string[]> {
  const dataset = await call('post', '/api/v1/dataset/', { body: { name: 'iris' } });
  const upload = await call('post', '/api/v1/job/', { body: { job_type: 'DatasetJob', kwargs: JSON.stringify({ dataset_id: dataset.id }) } });
  let state: 'not_started' | 'started' | 'finished' | 'error' | 'cancelled' | 'killed' | 'deleted' = 'not_started';
  while (state === 'not_started' || state === 'started') {
    state = (await call('get', '/api/v1/job/status/{id}', { path: { id: upload.id } })).status;
  }
  const types = await call('get', '/api/v1/dataset/{id}/types', { path: { id: dataset.id } });
  const session = await call('post', '/api/v1/model-session/', { body: {
    dataset_id: dataset.id, task_name: 'TabularClassificationTask', name: 's', input_columns: Object.keys(types).slice(0, 4), output_columns: ['species'],
    train_metrics: ['Accuracy'], validation_metrics: [], test_metrics: ['Accuracy'], evaluation_strategy: 'HoldoutStrategy', splits: '{}',
  } });
  const run = await call('post', '/api/v1/run/', { body: {
    model_session_id: session.id, model_name: 'RandomForestClassifier', name: 'r', parameters: {},
    optimizer_name: '', optimizer_parameters: {}, goal_metric: '',
  } });
  await call('post', '/api/v1/job/', { body: { job_type: 'ModelJob', kwargs: JSON.stringify({ run_id: run.id }) } });
  const trained = await call('get', '/api/v1/run/{id}', { path: { id: run.id } });
  const accuracy: number | undefined = trained.test_metrics?.['Accuracy'];
  const prediction = await call('post', '/api/v1/predict/', { body: { run_id: run.id, dataset_id: dataset.id } });
  const path = prediction.results_path ?? '';
  const page = await call('get', '/api/v1/dataset/filter/', { query: { path, page: 0, page_size: 10 } });
  return [String(accuracy), ...page.rows.map((row) => String(row['species']))];
}
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-generated-'));
  const document = await readFile(join(import.meta.dirname, '../../docs/api/openapi.json'), 'utf8');
  await writeFile(join(folder, 'schema.ts'), astToString(await openapiTS(document)));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the compiler says about a program against the generated types. */
async function complaints(source: string): Promise<string[]> {
  const file = join(folder, 'main-job.ts');
  await writeFile(file, source);
  const program = ts.createProgram([file], {
    noEmit: true,
    strict: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

it('a client generated from the document does the main job, type-checked', async () => {
  expect(await complaints(MAIN_JOB)).toEqual([]);
});

it('and is told when it goes wrong', async () => {
  const wrong = MAIN_JOB.replace('dataset_id: dataset.id, task_name', 'dataset_id: dataset.name, task_name').replace(
    'row[',
    'raw[',
  );
  expect(await complaints(wrong)).toHaveLength(2);
});
