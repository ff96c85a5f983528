import { readSync } from 'node:fs';

const CHUNK = 1024 * 1024;
const NEWLINE = 10;

/** The whole lines of a file with where they begin, one in memory at a time: what waits for a server may be larger than memory. */
export function* linesOf(handle: number): Generator<{ readonly offset: number; readonly bytes: Buffer }> {
  const chunk = Buffer.alloc(CHUNK);
  /** The beginning of a line whose end has not been read. */
  let begun: Buffer[] = [];
  let offset = 0;
  for (let at = 0; ;) {
    const read = readSync(handle, chunk, 0, CHUNK, at);
    if (read === 0) return;
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0 && end < read; end = chunk.indexOf(NEWLINE, from)) {
      const part = chunk.subarray(from, end);
      const bytes = begun.length === 0 ? part : Buffer.concat([...begun, part]);
      begun = [];
      yield { offset, bytes };
      from = end + 1;
      offset = at + from;
    }
    if (from < read) begun.push(Buffer.from(chunk.subarray(from, read)));
    at += read;
  }
}
