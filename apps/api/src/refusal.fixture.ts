import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { expect } from 'vitest';

import { type ApiHouse, told } from './api.fixture.js';

/** What is asked, and how it must be refused; `{name}` stands for an id of the house, also in what the sentence says. */
export type Refused = readonly [
  code: string,
  status: number,
  method: string,
  path: string,
  body: object | undefined,
  says: string,
];

/** Two sentences: what is wrong, and what to do. */
const SENTENCES = /^(?!.*(?:undefined|null|\{\{|\/tmp))[^\n]{5,300}[.;] [^\n]{5,300}\.$/u;
const TABLES = [
  'converter',
  'credential',
  'datafile',
  'dataset',
  'explorer',
  'folder',
  'generative_process',
  'generative_session',
  'global_explainer',
  'local_explainer',
  'model_session',
  'notebook',
  'parameter_history',
  'plugin',
  'prediction',
  'process_data',
  'report',
  'run',
] as const;

/** Every row and the name of every stored file, but for jobs that only a request waited for. */
export async function stateOf({ ports }: ApiHouse): Promise<Record<string, unknown>> {
  const columns = TABLES.map((table) => `(SELECT jsonb_agg(t ORDER BY t::text) FROM ${table} t) AS ${table}`);
  const [rows] = await ports.db.query<[object]>(
    `SELECT ${columns.join(', ')}, (SELECT jsonb_agg(job ORDER BY id) FROM job WHERE listed) AS job,
       (SELECT jsonb_agg(jsonb_build_array(name, plugin_id) ORDER BY name) FROM component) AS component`,
  );
  const { dataDir } = ports.config;
  const found = await readdir(dataDir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)));
  // What engines keep for themselves comes and goes.
  return { ...rows, files: files.filter((name) => !/^(?:partial\/)?engine-/.test(name)).sort() };
}

/**
 * Asks, and expects this refusal in a clear sentence and that nothing was made or changed.
 * @param settled when jobs that were part of it have tidied up.
 */
export async function meetRefusal(
  house: ApiHouse,
  ids: Readonly<Record<string, string | number>>,
  [code, status, method, path, body, says]: Refused,
  settled: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const filled = (text: string): string =>
    Object.entries(ids).reduce(
      (given, [name, id]) => given.replaceAll(`"{${name}}"`, JSON.stringify(id)).replaceAll(`{${name}}`, String(id)),
      text,
    );
  const sent =
    body instanceof FormData ? filledForm(body, filled) : body && (JSON.parse(filled(JSON.stringify(body))) as object);
  const before = await stateOf(house);
  const answer = await told<{ code: string; detail: string }>(house, method, `/api/v1${filled(path)}`, sent);
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.body.detail).toMatch(SENTENCES);
  expect(answer.body.detail).toContain(filled(says));
  await settled();
  expect(await stateOf(house)).toEqual(before);
}

function filledForm(form: FormData, filled: (text: string) => string): FormData {
  const result = new FormData();
  form.forEach((value, name) => {
    if (typeof value === 'string') result.append(name, filled(value));
    else result.append(name, value, value.name);
  });
  return result;
}
