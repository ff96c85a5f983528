import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

import { AppError, type CsvReadPlan } from '#contract';

/** A file that is text, and how its bytes become characters; `bomBytes` at its start belong to no cell. */
export interface TextSource {
  readonly path: string;
  readonly sizeBytes: number;
  readonly encoding: 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
  readonly bomBytes: number;
}

const HEAD_BYTES = 64 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Files that start like this are something else, whatever their name says. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['89504e47', 'PNG'],
  ['ffd8ff', 'JPEG'],
  ['47494638', 'GIF'],
  ['25504446', 'PDF'],
  ['504b0304', 'ZIP / XLSX'],
  ['d0cf11e0', 'XLS'],
  ['1f8b', 'GZIP'],
  ['28b52ffd', 'ZSTD'],
  ['50415231', 'Parquet'],
  ['4152524f5731', 'Arrow'],
  ['53514c69746520666f726d6174', 'SQLite'],
  ['7f454c46', 'ELF'],
];

/**
 * Looks at a file's first bytes: a byte order mark overrules the plan's encoding, UTF-16 without one is recognised by its zeros.
 * @throws AppError `file-empty`, `file-not-tabular` {reason}.
 */
export async function openText(path: string, plan: Pick<CsvReadPlan, 'encoding'>): Promise<TextSource> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head.every((byte) => byte === 0x0a || byte === 0x0d || byte === 0x20) && bytesRead < HEAD_BYTES)
      throw new AppError('file-empty');
    const source = { path, sizeBytes: size, ...encodingOf(head, plan) };
    if (size <= source.bomBytes) throw new AppError('file-empty');
    return source;
  } finally {
    await file.close();
  }
}

function encodingOf(head: Buffer, plan: Pick<CsvReadPlan, 'encoding'>): Pick<TextSource, 'encoding' | 'bomBytes'> {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 };
  refuseSignature(head);
  if (plan.encoding === 'utf-16be') return { encoding: 'utf-16be', bomBytes: 0 };
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2]!++;
  });
  const [even, odd] = zeros as [number, number];
  const half = head.length / 2;
  if (plan.encoding.startsWith('utf-16') || (odd > half * 0.3 && even < half * 0.05))
    return { encoding: 'utf-16le', bomBytes: 0 };
  if (even > half * 0.3 && odd < half * 0.05) return { encoding: 'utf-16be', bomBytes: 0 };
  if (even + odd > 0) throw new AppError('file-not-tabular', { reason: 'NUL' });
  return { encoding: plan.encoding === 'utf-8' ? 'utf-8' : 'windows-1252', bomBytes: 0 };
}

/** @throws AppError `file-not-tabular` naming the format when the first bytes are those of another kind of file. */
export function refuseSignature(head: Buffer): void {
  const start = head.subarray(0, 16).toString('hex');
  const signature = SIGNATURES.find(([bytes]) => start.startsWith(bytes));
  if (signature) throw new AppError('file-not-tabular', { reason: signature[1] });
}

/**
 * The text as UTF-8, chunk by chunk, without its byte order mark; at most `limitBytes` of the file.
 * @throws AppError `file-encoding-wrong` for UTF-16 that is not; UTF-8 passes unchecked (see {@link findInvalidUtf8});
 * `file-not-tabular` at a NUL, which no text holds and neither SQL nor JSON in a database takes.
 */
export async function* readUtf8(source: TextSource, limitBytes = Infinity): AsyncGenerator<Buffer> {
  const end = Math.min(source.sizeBytes, source.bomBytes + limitBytes) - 1;
  const stream = createReadStream(source.path, { start: source.bomBytes, end, highWaterMark: CHUNK_BYTES });
  if (source.encoding === 'utf-8') {
    for await (const chunk of stream) yield withoutNul(chunk as Buffer);
    return;
  }
  const decoder = new TextDecoder(source.encoding, {
    fatal: source.encoding !== 'windows-1252' && limitBytes === Infinity,
  });
  let line = 1;
  const decode = (chunk?: Buffer): Buffer => {
    try {
      return withoutNul(Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined })));
    } catch (error) {
      if (error instanceof AppError) throw error;
      const values = { encoding: source.encoding, line, suggestion: 'utf-8' };
      throw new AppError('file-encoding-wrong', values, { cause: error });
    }
  };
  for await (const chunk of stream) {
    const decoded = decode(chunk as Buffer);
    line += countNewlines(decoded);
    yield decoded;
  }
  // A character that our own limit cut in two is no fault of the file.
  if (limitBytes === Infinity) yield decode();
}

function withoutNul(text: Buffer): Buffer {
  if (text.includes(0)) throw new AppError('file-not-tabular', { reason: 'NUL' });
  return text;
}

/** Reads the whole text for what {@link readUtf8} refuses. */
export async function checkText(source: TextSource, signal: AbortSignal | undefined): Promise<void> {
  const text = readUtf8(source);
  let next = await text.next();
  while (next.done !== true && signal?.aborted !== true) next = await text.next();
  await text.return(undefined);
}

/**
 * The line of the first byte that is no UTF-8, as the error to throw; undefined when all is well. No line is held: a file may be one.
 */
export async function findInvalidUtf8(source: TextSource): Promise<AppError | undefined> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of readUtf8(source)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = endOfWhole(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) return wrongUtf8(line + linesBeforeFault(whole));
    line += countNewlines(whole);
    rest = bytes.subarray(end);
  }
  return isUtf8(rest) ? undefined : wrongUtf8(line);
}

/** Where the last character begins if it may go on beyond the bytes. */
function endOfWhole(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 3) && bytes[at]! >= 0x80; at--)
    if (bytes[at]! >= 0xc0) return at;
  return bytes.length;
}

/** The error for text that is no UTF-8. */
export function wrongUtf8(line: number): AppError {
  return new AppError('file-encoding-wrong', { encoding: 'utf-8', line, suggestion: 'cp1252' });
}

function linesBeforeFault(bytes: Buffer): number {
  let lines = 0;
  for (let start = 0; start < bytes.length; lines++) {
    const end = bytes.indexOf(0x0a, start) + 1 || bytes.length;
    if (!isUtf8(bytes.subarray(start, end))) return lines;
    start = end;
  }
  return lines;
}

function countNewlines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}
