import { expect, vi } from 'vitest';

/** A value of a query; arrays become repeated keys, null and undefined fall away. */
type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[];

/** An answer as axios gives it. */
export interface Reply<T> {
  readonly status: number;
  readonly data: T;
  readonly headers: Headers;
}

/** Calls as the real client's one axios instance does: base `/api`, paths from `/v1`, its query encoding and its language header. */
export async function call<T>(
  method: string,
  path: string,
  {
    params = {},
    json,
    form,
    headers = {},
  }: {
    params?: Readonly<Record<string, QueryValue>>;
    json?: unknown;
    form?: FormData;
    headers?: Record<string, string>;
  } = {},
): Promise<Reply<T>> {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value === null || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(key, String(one));
  }
  const search = query.size > 0 ? `?${query.toString()}` : '';
  const response = await fetch(`${process.env['MILLRACE_COMPAT_URL']!}/api${path}${search}`, {
    method,
    redirect: 'manual',
    headers: {
      'accept-language': 'en',
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(form ? { body: form } : {}),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, data: (isJson ? JSON.parse(text) : text) as T, headers: response.headers };
}

/** The data of a call that has to answer 2xx, as the client takes it. */
export async function data<T>(...args: Parameters<typeof call>): Promise<T> {
  const reply = await call<T>(...args);
  expect(reply.status, `${args[0]} ${args[1]}: ${JSON.stringify(reply.data)}`).toBeLessThan(300);
  return reply.data;
}

export const get = <T>(path: string, params: Readonly<Record<string, QueryValue>> = {}): Promise<T> =>
  data('GET', path, { params });
export const post = <T>(path: string, json?: unknown): Promise<T> => data('POST', path, { json });

/** A multipart form of text fields and files. */
export function formOf(fields: Readonly<Record<string, string | { name: string; text: string }>>): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(key, value);
    else form.append(key, new Blob([value.text], { type: 'text/csv' }), value.name);
  }
  return form;
}

interface Job {
  readonly id: string;
  readonly status: string;
  readonly error_msg: string | null;
}

/** Enqueues as the client does; answers the job's id, a string. */
export async function enqueue(type: string, kwargs: object, file?: { name: string; text: string }): Promise<string> {
  const form = formOf({ job_type: type, kwargs: JSON.stringify(kwargs), ...(file ? { file } : {}) });
  const headers = file ? { filename: encodeURIComponent(file.name) } : {};
  const { id } = await data<{ id: unknown }>('POST', '/v1/job/', { form, headers });
  expect(id).toEqual(expect.any(String));
  return id as string;
}

/** Enqueues and follows the feed with its cursor, as the client's poller does, until the job has finished; answers its id. */
export async function work(type: string, kwargs: object, file?: { name: string; text: string }): Promise<string> {
  const id = await enqueue(type, kwargs, file);
  let cursor: string | null = null;
  let last: Job | undefined;
  await vi.waitFor(
    async () => {
      const changes: { jobs: Job[]; cursor: string } = await get('/v1/job/changes', { since: cursor });
      cursor = changes.cursor;
      last = changes.jobs.find((job) => job.id === id) ?? last;
      expect(['finished', 'error', 'cancelled', 'killed']).toContain(last?.status);
    },
    { timeout: 60_000, interval: 100 },
  );
  expect([last?.status, last?.error_msg]).toEqual(['finished', null]);
  return id;
}

/** The entity behind a job, as the drawer of jobs reads it. */
export async function detailsOf(job: string): Promise<[type: string, id: number]> {
  const details = await get<{ entity_type: string; entity_id: number }>(`/v1/job/${job}/details`);
  expect(details).toMatchObject({ entity_name: a.text, created_at: a.text, last_modified: a.text, status: 'finished' });
  return [details.entity_type, details.entity_id];
}

/** 60 rows of three kinds which two numbers tell apart. */
export const kinds = `${['length,width,kind', ...Array.from({ length: 60 }, (_none, i) => [i % 3 + (i * 7 % 10) / 10, 5 - i % 3 + (i * 3 % 10) / 10, ['small', 'middle', 'large'][i % 3]].join(','))].join('\n')}\n`; // prettier-ignore

export interface Dataset {
  readonly id: number;
  readonly name: string;
  readonly status: number;
  readonly file_path: string;
}

/** A data set by the client's three steps. */
export async function upload(name: string, text = kinds): Promise<Dataset> {
  const { id } = await post<Dataset>('/v1/dataset/', { name });
  const params = { name, dataloader: 'CSVDataLoader', compute_metadata: true };
  await work('DatasetJob', { dataset_id: id, notebook_id: null, url: null, params }, { name: `${name} é.csv`, text });
  return get<Dataset>(`/v1/dataset/${id}`);
}

/** What a field holds, where its value does not matter. */
export const a = {
  text: expect.any(String) as string,
  number: expect.any(Number) as number,
  flag: expect.any(Boolean) as boolean,
  list: expect.any(Array) as unknown[],
  record: expect.any(Object) as Record<string, unknown>,
};
