import { z } from 'zod';

import type { ErrorCode, Opening } from './errors.js';

/** What a route answers beside JSON: a file, server-sent events, or nothing. */
export type Stream = 'file' | 'events';

/** Clients of other systems whose routes we serve; each reads errors in a body of its own. */
export const DIALECTS = ['ml-dash', 'matyan', 'swanlab'] as const;
/** One of them. */
export type Dialect = (typeof DIALECTS)[number];

/** Every path of the contract lies below this, unless its route says `root`. */
export const API_PREFIX = '/api/v1';

/** The one declaration of an endpoint: the API implements it, the client calls it, the docs print it. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, parameters as `:name`, written with the slash the real client uses. */
  readonly path: string;
  /** The path counts from the root: routes that other systems' clients know. */
  readonly root?: true;
  /** Whose error body this route answers; ours when absent. */
  readonly dialect?: Dialect;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly query?: Q;
  /** A JSON body; unknown keys are stripped. */
  readonly body?: B;
  /** Multipart or urlencoded fields; `files` names the file parts, `file_*` all that begin like this. */
  readonly form?: B;
  readonly files?: readonly string[];
  /** The body is bytes of any type: nothing parses them, the handler takes them as they come. */
  readonly bytes?: true;
  readonly status: number;
  readonly answer: A;
  readonly stream?: Stream;
  /** A GET that changes something: what a foreign page may not send as a POST it may not send as this either. */
  readonly effect?: true;
  /** Answers carry a weak ETag, and 304 to who has them already: for what pages poll. */
  readonly revalidate?: true;
  /** Answered without a token even where one is required. */
  readonly open?: true;
  /** Five-language texts in the answer are replaced by the reader's language on the way out. */
  readonly localised?: true;
  /** Codes this route answers beyond `input-invalid`, `unauthorized`, `forbidden` and `internal`. */
  readonly errors?: readonly ErrorCode[];
  /** Answers of these statuses begin with these words, as DashAI's do. */
  readonly opening?: { readonly words: Opening; readonly at: readonly number[] };
  readonly example?: { readonly body?: unknown; readonly answer?: unknown };
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
/** A file part that was streamed to storage before its use case ran; the use case owns the key from then on. */
export interface UploadedFile {
  /** A UUID; the storage key is made of it, and a job made for this file takes it as its own id. */
  readonly id: string;
  readonly key: string;
  /** Name of the form field. */
  readonly field: string;
  /** As the client named it, without folders; never used as a path. */
  readonly filename: string;
  /** The type the client said it has; `application/octet-stream` without one. */
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** A body of bytes while it still arrives. */
export interface BodyBytes {
  readonly content: AsyncIterable<Uint8Array>;
  /** Its `Content-Type`, empty without one. */
  readonly mediaType: string;
}

/** What a handler receives: each part parsed by its schema; `files` is empty on routes without file parts. */
export interface InputOf<R extends Route> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
  readonly form: Parsed<R['form']>;
  readonly files: readonly UploadedFile[];
  readonly bytes: R['bytes'] extends true ? BodyBytes : undefined;
}
/** What a handler of this route answers, before it is written. */
export type AnswerOf<R extends Route> = z.input<R['answer']>;

/** Who calls: the operator of this server, or the bearer of a token that opens one tracked project. */
export interface Caller {
  /** Owner of what the caller makes; the namespace of trackers' clients. */
  readonly user: string;
  /** The only tracked project the caller may see; null for all of them. */
  readonly projectId: number | null;
}
/** Whoever the guard lets in without a token of a project. */
export const OPERATOR: Caller = { user: 'local', projectId: null };

/** A download: bytes as they come, the name and type the browser is told. */
export interface FileAnswer {
  readonly content: AsyncIterable<Uint8Array | string> | Uint8Array | string;
  readonly filename: string;
  readonly mediaType: string;
  /** How long anybody may keep it; without it nobody may. */
  readonly cacheSeconds?: number;
}
/** One server-sent event; `id` comes back as `Last-Event-ID` when the client reconnects. */
export interface ServerEvent<D = unknown> {
  readonly id?: string;
  readonly event?: string;
  readonly data: D;
}
/** What a handler answers: JSON, a file, or events that end when the source ends or the client leaves. */
export type HandlerAnswer<R extends Route> = R['stream'] extends 'file'
  ? FileAnswer
  : R['stream'] extends 'events'
    ? AsyncIterable<ServerEvent<AnswerOf<R>>>
    : AnswerOf<R>;

/** A route's path from the root, parameters still as `:name`. */
export const addressOf = ({ path, root }: Pick<Route, 'path' | 'root'>): string => (root ? path : API_PREFIX + path);

/** Whether an access token opens a route: those of trackers' clients and our own `/tracked-…`. */
export const isTrackerRoute = ({ path, root, dialect }: Pick<Route, 'path' | 'root' | 'dialect'>): boolean =>
  dialect !== undefined || (root !== true && path.startsWith('/tracked-'));

/** Keeps a route's literal types. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

/** An id in a path: digits only, so that literal segments never compete with it; otherwise 422. */
export const Id = z.coerce.number().int().min(1).max(2_147_483_647);
/** The path parameters of routes about one row. */
export const IdParams = z.object({ id: Id });
/** Body of the bulk deletes; unknown ids are skipped. */
export const IdsBody = z.object({ ids: z.array(z.int32()).max(10_000) });
/** An answer without a body. */
export const Nothing = z.null();
