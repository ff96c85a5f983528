import { rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CsvReadPlan } from '#contract';

import { type RunningApi, startApi } from './running-api.js';

const CANARY = 'canary-in-a-file-nobody-may-read';
const ROUTES = ['filter/', 'file/', 'file/info', 'sample/file', 'types/file', 'export/csv'];
const UUID = '6f1c2b1e-5a52-4c9e-9c55-0d7c3d1a2b3c';

let api: RunningApi;
let targets: string[];
beforeAll(async () => {
  api = await startApi();
  await writeFile(join(api.home, 'canary.txt'), CANARY);
  await linkTable();
  targets = spellings(api.home);
});
afterAll(() => api.stop());

/** Where a table would lie under the token, a link to one that lies outside: whole, readable, and nobody's. */
async function linkTable(): Promise<void> {
  const { storage, tables } = api.ports;
  const staged = await storage.stage('tables/outside');
  const source = join(staged.path, 'source.csv');
  await writeFile(source, `a,b\n1,${CANARY}\n`);
  await tables.ingest({ source, plan: CsvReadPlan.parse({}), target: join(staged.path, 'table') });
  await rename(join(staged.path, 'table'), join(api.home, 'outside'));
  await staged.publish();
  await symlink(join(api.home, 'outside'), join(api.home, 'data', 'tables', `dataset-${UUID}`));
}

/** The same few files, asked for in every way that has ever worked somewhere. */
function spellings(home: string): string[] {
  const plain = [
    '/etc/passwd',
    `${home}/canary.txt`,
    '../canary.txt',
    '../../../../etc/passwd',
    `dataset-${UUID}/../../canary.txt`,
  ];
  const changes: ((path: string) => string)[] = [
    (path) => path,
    (path) => path.replaceAll('/', '\\'),
    (path) => encodeURIComponent(path),
    (path) => encodeURIComponent(encodeURIComponent(path)),
    (path) => path.replaceAll('..', '%2e%2e'),
    (path) => path.replaceAll('..', '....//'),
    (path) => path.replaceAll('..', '..;'),
    (path) => path.replaceAll('/', '%c0%af'),
    (path) => path.replaceAll('/', '\uff0f'),
    (path) => path.replaceAll('..', '\u2025'),
    (path) => `${path}\u0000`,
    (path) => `${path}%00.csv`,
    (path) => `file://${path}`,
    (path) => `\\\\localhost\\c$${path}`,
    (path) => `//localhost/${path}`,
    (path) => `dataset-${UUID}${path}`,
    (path) => `tables/${path}`,
    (path) => `${path}'; DROP TABLE dataset; --`,
    (path) => `read_csv('${path}')`,
    (path) => ` ${path} `,
  ];
  const odd = [
    '', '.', '..', '~', 'CON', 'NUL', '*', '%', `DATASET-${UUID}`, `dataset-${UUID.toUpperCase()}`, `dataset-${UUID}\n`, `dataset-${UUID}/`,
    `dataset-${UUID}.parquet`, `notebook-${UUID}/data.parquet`, `run-${UUID}`, 'dataset-', `dataset--${UUID}`, 'x'.repeat(5000), 'constructor', '__proto__',
    'http://169.254.169.254/latest/meta-data/', 's3://bucket/key', '/proc/self/environ', '/dev/zero', `dataset-${UUID}`,
  ]; // prettier-ignore
  return [...plain.flatMap((path) => changes.map((change) => change(path))), ...odd];
}

describe.each(ROUTES)('path= of /dataset/%s', (route) => {
  it('names tables by token and nothing else', async () => {
    expect(targets.length).toBeGreaterThan(100);
    for (const target of targets) {
      const url = `/api/v1/dataset/${route}?path=${encodeURIComponent(target)}`;
      const answer = await api.app.inject({ url, headers: { host: 'localhost' } });
      const where = target.slice(0, 100);
      expect([where, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([where, true]);
      expect(answer.body).not.toContain(CANARY);
      expect(answer.body).not.toContain('root:');
    }
  });

  it('takes one path', async () => {
    for (const query of ['', 'path=a&path=b', 'path[]=a', 'path[x]=a', '__proto__[path]=a']) {
      const answer = await api.app.inject({ url: `/api/v1/dataset/${route}?${query}`, headers: { host: 'localhost' } });
      expect(answer.statusCode).toBe(422);
    }
  });
});
