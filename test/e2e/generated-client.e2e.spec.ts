import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startMillrace } from '#testing';

/** What openapi-fetch and its like make of the generated types, in little. */
const CALL = `
import type { paths } from './schema.js';
type Methods<P extends keyof paths> = { [M in keyof paths[P]]: paths[P][M] extends { responses: object } ? M : never }[keyof paths[P]];
type Json<T> = T extends { content: { 'application/json': infer C } } ? C : never;
type Ok<O> = O extends { responses: infer R } ? Json<R[(200 | 201) & keyof R]> : never;
type Sent<C> = (C extends { 'application/json': infer J } ? { body: J } : never) | (C extends { 'multipart/form-data': infer F } ? { form: F } : never);
type Body<O> = O extends { requestBody: { content: infer C } } ? Sent<C> : {};
type Query<O> = O extends { parameters: { query: infer Q } } ? { query: Q } : O extends { parameters: { query?: infer Q } } ? { query?: Q } : {};
type Path<O> = O extends { parameters: { path: infer Q } } ? { path: Q } : {};
async function call<P extends keyof paths, M extends Methods<P>>(
  base: string, method: M, path: P, input: Body<paths[P][M]> & Query<paths[P][M]> & Path<paths[P][M]>,
): Promise<Ok<paths[P][M]>> {
  const given = input as { body?: unknown; form?: Record<string, string>; query?: Record<string, unknown>; path?: Record<string, unknown> };
  const url = new URL(base + path.replace(/\\{(\\w+)\\}/g, (_, name: string) => encodeURIComponent(String(given.path?.[name]))));
  for (const [name, value] of Object.entries(given.query ?? {})) url.searchParams.set(name, String(value));
  const init: RequestInit = { method: String(method).toUpperCase() };
  if (given.body !== undefined) Object.assign(init, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(given.body) });
  if (given.form !== undefined) {
    const form = new FormData();
    for (const [name, value] of Object.entries(given.form)) form.set(name, name === 'file' ? new File([value], 'table.csv') : value);
    init.body = form;
  }
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error([method, path, answer.status, await answer.text()].join(' '));
  return answer.json() as Promise<Ok<paths[P][M]>>;
}
`;

/** From a table to predictions, as a stranger would write it against the document alone. */
const MAIN_JOB = `${CALL}
export async function mainJob(base: string, table: string): Promise<{ accuracy: number | undefined; species: string[] }> {
  async function run(job_type: string, kwargs: object, file: { file?: string } = {}): Promise<void> {
    const { id } = await call(base, 'post', '/api/v1/job/', { form: { job_type, kwargs: JSON.stringify(kwargs), ...file } });
    let state: 'not_started' | 'started' | 'finished' | 'error' | 'cancelled' | 'killed' | 'deleted' = 'not_started';
    while (state === 'not_started' || state === 'started') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      state = (await call(base, 'get', '/api/v1/job/status/{id}', { path: { id } })).status;
    }
    if (state !== 'finished') throw new Error(job_type + ' ended as ' + state);
  }
  const dataset = await call(base, 'post', '/api/v1/dataset/', { body: { name: 'iris' } });
  await run('DatasetJob', { dataset_id: dataset.id, params: { dataloader: 'CSVDataLoader' } }, { file: table });
  const types = await call(base, 'get', '/api/v1/dataset/{id}/types', { path: { id: dataset.id } });
  const session = await call(base, 'post', '/api/v1/model-session/', { body: {
    dataset_id: dataset.id, task_name: 'TabularClassificationTask', name: 's',
    input_columns: Object.keys(types).filter((name) => name !== 'species'), output_columns: ['species'],
    train_metrics: ['Accuracy'], validation_metrics: [], test_metrics: ['Accuracy'],
    evaluation_strategy: 'HoldoutEvaluationStrategy', splits: '{}',
  } });
  const created = await call(base, 'post', '/api/v1/run/', { body: {
    model_session_id: session.id, model_name: 'RandomForestClassifier', name: 'r', parameters: { n_estimators: 10, max_leaf_nodes: 8 },
    optimizer_name: '', optimizer_parameters: {}, goal_metric: '',
  } });
  await run('ModelJob', { run_id: created.id });
  const trained = await call(base, 'get', '/api/v1/run/{id}', { path: { id: created.id } });
  const prediction = await call(base, 'post', '/api/v1/predict/', { body: { run_id: created.id, dataset_id: dataset.id } });
  await run('PredictJob', { prediction_id: prediction.id });
  const [finished] = await call(base, 'get', '/api/v1/predict/', { query: { prediction_id: prediction.id } });
  const path = finished?.results_path ?? '';
  const page = await call(base, 'get', '/api/v1/dataset/filter/', { query: { path, page: 0, page_size: 10 } });
  return { accuracy: trained.test_metrics?.['Accuracy'], species: page.rows.map((row) => String(row['species'])) };
}
`;

const WRONG = MAIN_JOB.replace('dataset_id: dataset.id, task_name', 'dataset_id: dataset.name, task_name').replace(
  'row[',
  'raw[',
);

let folder: string;
/** What the compiler says about programs against the generated types, by file; those of the types themselves among them. */
let complaints: Record<string, string[]>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-generated-'));
  const document = await readFile(join(import.meta.dirname, '../../docs/api/openapi.json'), 'utf8');
  const sources = { 'schema.ts': astToString(await openapiTS(document)), 'main-job.ts': MAIN_JOB, 'wrong.ts': WRONG };
  for (const [name, source] of Object.entries(sources)) await writeFile(join(folder, name), source);
  const files = Object.keys(sources).map((name) => join(folder, name));
  const program = ts.createProgram(files, {
    noEmit: true,
    strict: true,
    types: [],
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  complaints = {};
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program))
    (complaints[file ? basename(file.fileName) : 'settings'] ??= []).push(
      ts.flattenDiagnosticMessageText(messageText, '\n'),
    );
});
afterAll(() => rm(folder, { recursive: true }));

it('a client generated from the document is typed all the way, and is told when it goes wrong', () => {
  expect(complaints).toEqual({ 'wrong.ts': [expect.any(String), expect.any(String)] });
});

it('that very program does the main job', async () => {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const script = join(folder, 'main-job.mjs');
  await writeFile(script, ts.transpileModule(MAIN_JOB, { compilerOptions }).outputText);
  const { mainJob } = (await import(/* @vite-ignore */ pathToFileURL(script).href)) as {
    mainJob: (base: string, table: string) => Promise<{ accuracy: number; species: string[] }>;
  };
  const rows = Array.from(
    { length: 120 },
    (_, i) => `${(i % 3) * 5 + (i % 7) / 10},${i % 4},${['a', 'b', 'c'][i % 3]}`,
  );
  const millrace = await startMillrace({ backend: 'postgres' });
  try {
    const { accuracy, species } = await mainJob(millrace.url, ['length,width,species', ...rows].join('\n'));
    expect(accuracy).toBe(1);
    expect(species).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c', 'a']);
  } finally {
    await millrace.stop();
  }
});
