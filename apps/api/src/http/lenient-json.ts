import { randomUUID } from 'node:crypto';

const WORDS = ['NaN', 'Infinity', '-Infinity'] as const;

/**
 * Python writes numbers that JSON has no word for as `NaN`, `Infinity` and `-Infinity`. Here such words become what `parse` takes:
 * infinities a number past every double, NaN a text nobody can have sent, which `restore` turns back.
 * @returns undefined when the text holds none of them.
 */
export function lenientJson(text: string): { text: string; restore: (value: unknown) => unknown } | undefined {
  if (!text.includes('NaN') && !text.includes('Infinity')) return undefined;
  const mark = randomUUID();
  const written = { NaN: `"${mark}"`, Infinity: '1e999', '-Infinity': '-1e999' };
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') {
      at = endOfText(text, at);
      continue;
    }
    const word = WORDS.find((one) => text.startsWith(one, at));
    if (word === undefined) continue;
    const end = at + word.length;
    // A bare word is no key, and no part of another word or number.
    if (!/[\w.]/.test(text[at - 1] ?? '') && !/^(?:[\w.]|\s*:)/.test(text.slice(end, end + 20))) {
      parts.push(text.slice(from, at), written[word]);
      from = end;
    }
    at = end - 1;
  }
  parts.push(text.slice(from));
  return { text: parts.join(''), restore: (value) => restored(value, mark) };
}

/** Where the text that begins here ends. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/** In place: the value is fresh from the parser, and no deeper than bodies may be. */
function restored(value: unknown, mark: string): unknown {
  if (value === mark) return NaN;
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) record[key] = restored(record[key], mark);
  return record;
}
