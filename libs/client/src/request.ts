import type { z } from 'zod';

import { addressOf, type Route } from '#contract';

import { canStream, chunksOf, type FilePart, formOf, streamedForm, type UploadProgress } from './upload.js';

type Given<S> = S extends z.ZodType ? z.input<S> : never;
/** The keys a call must give: those whose schemas take no nothing. */
type Part<K extends string, S> = [Given<S>] extends [never]
  ? unknown
  : Record<string, never> extends Given<S>
    ? { readonly [P in K]?: Given<S> }
    : { readonly [P in K]: Given<S> };

/** What a call of a route takes; parts the route does not have are absent. */
export type RequestOf<R extends Route> = Part<'params', R['params']> &
  Part<'query', R['query']> &
  Part<'body', R['body']> &
  Part<'form', R['form']> &
  (R['files'] extends readonly string[]
    ? { readonly files?: readonly FilePart[]; readonly onProgress?: (progress: UploadProgress) => void }
    : unknown) & {
    readonly signal?: AbortSignal;
    /** Instead of the client's own. */
    readonly timeoutMs?: number;
    /** Where a stream of events goes on. */
    readonly lastEventId?: string;
  };

/** The same, after the types are done with it. */
export interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, unknown>>;
  readonly files?: readonly FilePart[];
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly lastEventId?: string;
}

/** The address of a call below `baseUrl`; lists become repeated keys, absent values are left out. */
export function urlOf(baseUrl: string, route: Route, { params = {}, query = {} }: AnyRequest): string {
  const path = addressOf(route).replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null) search.append(name, plain(one));
  }
  const text = search.toString();
  return `${baseUrl.replace(/\/$/, '')}${path}${text === '' ? '' : `?${text}`}`;
}

/** Body and its content type; fields come before files, so that a server may look before it stores. */
export async function bodyOf(route: Route, request: AnyRequest): Promise<{ body?: BodyInit; type?: string }> {
  const { body, form = {}, files = [], onProgress } = request;
  const asForm = request.form !== undefined || request.files !== undefined;
  if (route.body && !(route.form && asForm)) return { body: JSON.stringify(body ?? {}), type: 'application/json' };
  if (!route.form) return {};
  const fields = Object.entries(form)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, plain(value)] as const);
  const streams = files.some(({ content }) => !(content instanceof Blob));
  if (!streams && onProgress === undefined) return { body: formOf(fields, files) };
  if (canStream()) return streamedForm(fields, files, onProgress);
  return { body: formOf(fields, await Promise.all(files.map(collected))) };
}

/** Browsers that send no streams get the whole of one. */
async function collected({ content, ...part }: FilePart): Promise<FilePart> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunksOf(content)) chunks.push(Uint8Array.from(chunk));
  return { ...part, content: new Blob(chunks) };
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
