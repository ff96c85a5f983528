import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, vi } from 'vitest';

import type { SwanListedExperiment, SwanNamespace, SwanOwnedChart, SwanPoint } from '#contract';

import { call } from '../client.js';

/** The data of any answer: each test reads the fields its route has. */
export interface Data extends SwanListedExperiment {
  readonly sum: number;
  readonly charts: readonly SwanOwnedChart[];
  readonly namespaces: readonly SwanNamespace[];
  readonly logdir: string;
  readonly experiments: readonly SwanListedExperiment[];
  readonly list: readonly SwanPoint[];
  readonly tags: readonly string[];
  readonly summaries: Readonly<Record<string, unknown>>;
  readonly updates: unknown;
  readonly groups: readonly {
    readonly id: number;
    readonly name: string;
    readonly charts: readonly SwanOwnedChart[];
  }[];
  readonly experiment: SwanListedExperiment;
}

/** What the real dashboard was asked, and what it answered. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  readonly answer: { readonly code: number; readonly message: string; readonly data: Data };
}
/** The folder both files are in: the committed ones, or those `npm run compat:swanlab` has just made. */
const folder = process.env['SWANLAB_RECORDED'] ?? join(import.meta.dirname, 'recorded');
export const recorded = (JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as { answers: Recorded[] })
  .answers;
export const archive = readFileSync(join(folder, 'swanlog.tar.gz'));

/** The answer the real dashboard gave. */
export const answerTo = (path: string): Recorded => recorded.find((one) => one.path === path)!;

export interface Import {
  readonly status: string;
  readonly error: string | null;
  readonly result: {
    readonly project_id: number;
    readonly runs: readonly { id: number; run_id: string; name: string; created: boolean }[];
    readonly skipped: readonly { directory: string; code: string; reason: string; count?: number }[];
  } | null;
}

/** Imports an archive and waits for its end. */
export async function importArchive(bytes: Uint8Array, project: string, filename = 'swanlog.tar.gz'): Promise<Import> {
  const form = new FormData();
  form.set('project', project);
  form.set('file', new Blob([Buffer.from(bytes)]), filename);
  const { status, data } = await call<{ id: string }>('POST', '/v1/tracked-import/', { form });
  expect([status, data]).toEqual([201, { id: expect.any(String) as string }]);
  let last: Import | undefined;
  await vi.waitFor(
    async () => {
      last = (await call<Import>('GET', `/v1/tracked-import/${data.id}`)).data;
      expect(last.status).toMatch(/finished|error/);
    },
    { timeout: 60_000, interval: 100 },
  );
  return last!;
}

/** Asks at a project's own address. */
export async function ask(
  project: string,
  method: string,
  path: string,
  { json, headers = {} }: { json?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; answer: { code: number; message: string; data: Data }; headers: Headers; text: string }> {
  const url = `${process.env['MILLRACE_COMPAT_URL']!}/compat/swanlab/${encodeURIComponent(project)}/api/v1${path}`;
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    answer: (isJson ? JSON.parse(text) : undefined) as never,
    headers: response.headers,
    text,
  };
}
