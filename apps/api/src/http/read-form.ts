import { parse } from 'node:querystring';
import type { Readable } from 'node:stream';

import type { FastifyRequest } from 'fastify';

import { AppError, type Route, type UploadedFile } from '#contract';

import { JSON_TYPE } from './body-parsers.js';

/** Streams one file part to storage as it arrives; `discard` takes it back. */
export interface StoreFile {
  store(part: {
    readonly field: string;
    readonly filename: string;
    readonly mediaType: string;
    readonly content: Readable;
  }): Promise<UploadedFile>;
  discard(file: UploadedFile): Promise<void>;
  /** Bytes all plain fields of a form may hold together. */
  readonly fieldBytes: number;
}

/** A form that was read to its end. */
export interface Form {
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly files: readonly UploadedFile[];
  /** Removes what was stored, when nobody is going to own it. */
  discard(): Promise<void>;
}

/**
 * Reads a multipart or urlencoded form. Parts may come in any order: files go to storage when they arrive.
 * @throws AppError `form-due`, `media-type-unsupported`, `upload-incomplete`, `upload-too-large` or `body-too-large`; nothing stays stored then.
 */
export async function readForm(route: Route, request: FastifyRequest, store: StoreFile): Promise<Form> {
  const files: UploadedFile[] = [];
  const fields: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  const discard = async (): Promise<void> => {
    await Promise.all(files.map((file) => store.discard(file)));
  };
  if (!request.isMultipart()) {
    // What DashAI's server answers to JSON here: the type is one it knows, the fields are not in it.
    if (JSON_TYPE.test(request.headers['content-type'] ?? '')) throw new AppError('form-due');
    if (typeof request.body !== 'string') {
      if (request.headers['content-type'] === undefined) return { fields, files, discard };
      throw new AppError('media-type-unsupported', { expected: 'multipart/form-data' });
    }
    return { fields: parse(request.body) as Record<string, string | string[]>, files, discard };
  }
  try {
    await readParts(route, request, store, fields, files);
    return { fields, files, discard };
  } catch (error) {
    await discard();
    throw error instanceof AppError ? error : partError(error, store.fieldBytes);
  }
}

async function readParts(
  route: Route,
  request: FastifyRequest,
  store: StoreFile,
  fields: Record<string, string | string[]>,
  files: UploadedFile[],
): Promise<void> {
  let left = store.fieldBytes;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      const value = typeof part.value === 'string' ? part.value : JSON.stringify(part.value ?? '');
      left -= Buffer.byteLength(value);
      if (left < 0 || part.valueTruncated) throw new AppError('body-too-large', { limitBytes: store.fieldBytes });
      const before = fields[part.fieldname];
      fields[part.fieldname] = before === undefined ? value : [before, value].flat();
    } else if (accepts(route, part.fieldname, files)) {
      files.push(
        await store.store({
          field: part.fieldname,
          filename: filenameOf(part.filename, request),
          mediaType: part.mimetype,
          content: part.file,
        }),
      );
    } else {
      part.file.resume();
      throw new AppError('upload-incomplete', { field: part.fieldname });
    }
  }
}

/** Each name once: a use case owns what it asked for, and nobody would own a second one. */
const accepts = (route: Route, name: string, files: readonly UploadedFile[]): boolean =>
  (route.files ?? []).some((file) => (file.endsWith('*') ? name.startsWith(file.slice(0, -1)) : name === file)) &&
  !files.some(({ field }) => field === name);

/** The part's own name, else the percent-encoded header `filename` that DashAI's client sends. */
function filenameOf(given: string | undefined, request: FastifyRequest): string {
  const header = request.headers['filename'];
  const name = given === undefined || given === '' ? decoded(typeof header === 'string' ? header : '') : given;
  const plain = name
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .split(/[\\/]/)
    .at(-1)!
    .slice(-255);
  return plain === '' || plain === '.' || plain === '..' ? 'upload' : plain;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Busboy's and the plugin's errors as ours; anything else (a full disk) is passed on. */
function partError(error: unknown, limitBytes: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_PARTS_LIMIT' || code === 'FST_FIELDS_LIMIT' || code === 'FST_FILES_LIMIT') {
    return new AppError('body-too-large', { limitBytes });
  }
  const system = typeof code === 'string' && /^E[A-Z]+$/.test(code) && code !== 'ECONNRESET';
  return system ? error : new AppError('upload-incomplete', {}, { cause: error });
}
