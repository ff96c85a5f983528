import { stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A slice of a log holds a thousand entries. */
const MAX_LOG_BYTES = 256 * 1024 ** 2;

/** Whether a log is of a size somebody wrote and not of one to fill a memory. */
export const isReadable = async (path: string): Promise<boolean> => (await stat(path)).size <= MAX_LOG_BYTES;

/** Lines of a text file, one after the other. */
export function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
}

/** One entry of a SwanLab log. */
export interface LogEntry {
  readonly index: number;
  readonly data: unknown;
  readonly ms: number;
  readonly more: unknown;
}

/** A line of a log; Python writes NaN and Infinity into its JSON. Undefined when it is none. */
export function parseEntry(line: string): LogEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(/\b(?:NaN|Infinity)\b/.test(line) ? quoted(line) : line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { index, data, create_time: created, more } = value as Record<string, unknown>;
  if (typeof index !== 'number' || !Number.isSafeInteger(index)) return undefined;
  const ms = typeof created === 'string' ? momentOf(created) : NaN;
  return { index, data, ms: Number.isFinite(ms) ? ms : 0, more };
}

/** Numbers JSON does not have, as marked texts; within texts nothing changes. */
const quoted = (line: string): string =>
  line.replaceAll(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) =>
    part.startsWith('"') ? part : `"\\u0000${part}"`,
  );

/** A number as it was logged: booleans count, marked texts are the numbers JSON does not have. */
export function numberOf(data: unknown): number | undefined {
  if (typeof data === 'number') return data;
  if (typeof data === 'boolean') return Number(data);
  return typeof data === 'string' && data.startsWith('\0') ? Number(data.slice(1)) : undefined;
}

/** A date of Python's in milliseconds, which is what the store keeps; NaN when it is none. */
export const momentOf = (text: string): number => Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
