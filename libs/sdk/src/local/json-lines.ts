import { closeSync, fstatSync, ftruncateSync, openSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { readJson, writeJson } from '../values/numbers-json.js';

/** Reads a JSON file; undefined when it is absent or was never written to its end. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- whoever reads a file says what it wrote
export function readDocument<T>(path: string): T | undefined {
  try {
    return readJson(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces a JSON file in one step: readers see the old or the new. */
export function writeDocument(path: string, value: unknown): void {
  const next = `${path}.${process.pid}.new`;
  writeFileSync(next, writeJson(value));
  renameSync(next, path);
}

/**
 * Appends lines. A line that a crash left unfinished is cut off first, so that no later line is glued to it.
 * `make` is told the last whole line, from which it may go on counting.
 */
export function appendLines(path: string, make: (last: unknown) => readonly unknown[]): void {
  const file = openSync(path, 'a+');
  try {
    const { last, end } = tailOf(file);
    if (end < fstatSync(file).size) ftruncateSync(file, end);
    const lines = make(last);
    const bytes = Buffer.from(lines.map((line) => `${writeJson(line)}\n`).join(''));
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    } catch (error) {
      // A full disk took a part: all of it or nothing.
      ftruncateSync(file, end);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

/** The last whole line of a file; undefined when there is none. */
export function lastLine(path: string): unknown {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    return tailOf(file).last;
  } finally {
    closeSync(file);
  }
}

/** The last whole line of a file and where it ends; lines longer than the window are read by widening it. */
function tailOf(file: number): { last: unknown; end: number } {
  const size = fstatSync(file).size;
  for (let window = 4096; ; window *= 4) {
    const from = Math.max(0, size - window);
    const bytes = Buffer.alloc(size - from);
    readSync(file, bytes, 0, bytes.length, from);
    const close = bytes.lastIndexOf(10);
    const open = close < 0 ? -1 : bytes.lastIndexOf(10, close - 1);
    if (close < 0 && from === 0) return { last: undefined, end: 0 };
    if (close >= 0 && (open >= 0 || from === 0))
      return { last: parsed(bytes.toString('utf8', open + 1, close)), end: from + close + 1 };
  }
}

function parsed(line: string): unknown {
  try {
    return readJson(line);
  } catch {
    return undefined;
  }
}

/** Lines of a file from place `start` on, without reading it into memory; what is no JSON is passed over. */
export async function* readLines<T>(path: string, start = 0): AsyncGenerator<T> {
  if (!existsSync(path)) return;
  const source = createReadStream(path, 'utf8');
  try {
    let place = 0;
    for await (const line of createInterface({ input: source, crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      place += 1;
      if (place <= start) continue;
      const value = parsed(line);
      if (value !== undefined) yield value as T;
    }
  } finally {
    source.destroy();
  }
}
