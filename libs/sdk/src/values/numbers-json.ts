import { randomUUID } from 'node:crypto';

/**
 * JSON as Python's `json` writes and reads it: with the bare words NaN, Infinity and -Infinity. Values that are not
 * finite travel through the platform's own JSON as strings with a mark nobody can guess.
 */
const MARK = `number-${randomUUID()}:`;
const MARKED = new RegExp(`"${MARK}(NaN|-?Infinity)"`, 'g');
const WORD = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Writes a value made by `plainOf`. */
export function writeJson(value: unknown): string {
  const marked = { any: false };
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'number' || Number.isFinite(item)) return item;
    marked.any = true;
    return `${MARK}${item}`;
  });
  return marked.any ? text.replaceAll(MARKED, '$1') : text;
}

/** Reads JSON with those words, or without. @throws SyntaxError */
export function readJson(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text);
  const marked = text.replaceAll(WORD, (word) => (word.startsWith('"') ? word : JSON.stringify(`${MARK}${word}`)));
  return JSON.parse(marked, (_key, item: unknown) =>
    typeof item === 'string' && item.startsWith(MARK) ? Number(item.slice(MARK.length)) : item,
  );
}
