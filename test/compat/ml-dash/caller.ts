import { createHash, randomUUID } from 'node:crypto';

import { expect } from 'vitest';

/** An answer of the API. */
export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly bytes: Buffer;
}

/** Calls as the client does; `text` is a body as it is to be sent. */
export async function call<T = Record<string, never>>(
  method: string,
  path: string,
  { json, text, form }: { json?: unknown; text?: string; form?: FormData } = {},
): Promise<Reply<T>> {
  const sent = text ?? (json === undefined ? undefined : JSON.stringify(json));
  const response = await fetch(`${process.env['MILLRACE_COMPAT_URL']!}${path}`, {
    method,
    headers: {
      authorization: 'Bearer whatever.the.client-has',
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(sent === undefined ? {} : { body: sent }),
    ...(form ? { body: form } : {}),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json') === true && !path.includes('format=jsonl');
  return { status: response.status, bytes, body: (isJson ? JSON.parse(bytes.toString()) : {}) as T };
}

/** The body of a call that has to answer 2xx. */
export async function good<T = Record<string, never>>(...args: Parameters<typeof call>): Promise<T> {
  const { status, body } = await call<T>(...args);
  expect(status, `${args[0]} ${args[1]}: ${JSON.stringify(body)}`).toBeLessThan(300);
  return body;
}

/** An answer in the shape the client raises errors from. */
export const refusal = (status: number, code: string): object => ({
  status,
  body: { error: expect.any(String) as string, message: expect.any(String) as string, code },
});

/** Data of a GraphQL query without errors. */
export async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const { data, errors } = await good<{ data: T; errors?: unknown }>('POST', '/graphql', {
    json: { query, variables },
  });
  expect(errors).toBeUndefined();
  return data;
}

/** What opening an experiment answers. */
export interface Opened {
  readonly project: { readonly id: string; readonly slug: string };
  readonly node: { readonly id: string; readonly parentId: string | null; readonly pPath: string };
  readonly experiment: {
    readonly id: string;
    readonly status: string;
    readonly tags: string[];
    readonly description: string | null;
  };
}

export const nodes = (namespace: string): string => `/api/namespaces/${encodeURIComponent(namespace)}/nodes`;
export const newNamespace = (): string => `ns-${randomUUID().slice(0, 8)}`;

/** Opens an experiment below folders, in the client's order. */
export async function open(
  namespace: string,
  project: string,
  path: readonly string[],
  words: object = {},
): Promise<Opened> {
  const folders = path.slice(0, -1);
  let projectId: string | undefined;
  let parentId = 'ROOT';
  if (folders.length > 0) {
    const made = await good<Opened>('POST', nodes(namespace), {
      json: { type: 'PROJECT', name: project, slug: project },
    });
    projectId = made.project.id;
    for (const name of folders) {
      const json = { type: 'FOLDER', projectId, parentId, name };
      parentId = (await good<Opened>('POST', nodes(namespace), { json })).node.id;
    }
  }
  const place = projectId === undefined ? { projectSlug: project } : { projectId };
  const json = { type: 'EXPERIMENT', name: path.at(-1), parentId, ...place, ...words };
  return good<Opened>('POST', nodes(namespace), { json });
}

/** A new experiment; answers its id. */
export const newExperiment = async (): Promise<string> => (await open(newNamespace(), 'p', ['run'])).experiment.id;

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A form as the client sends it: the file last. */
export function fileForm(fields: Readonly<Record<string, string>>, content: string | Buffer, name = 'a.txt'): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries({ type: 'FILE', ...fields })) form.append(key, value);
  form.append('file', new Blob([content as BlobPart], { type: 'text/plain' }), name);
  return form;
}
