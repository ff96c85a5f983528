import { AppError, findUnstorable } from '#contract';

/** What JSON has no words for but many writers write all the same, outside of strings; and integers that a double would round. */
const LENIENT = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b|-?\b\d{16,}(?![\d.eE])/g;
const LONG_INTEGER = /\d{16}/;
/** A text may hold one half of a character by its number, which UTF-8 cannot say: it would be stored as another. */
const ESCAPED_HALF = /\\u[dD][89a-fA-F]/;
const LONE_HALF = /(?<!\\)(?:\\\\)*\\u(d[89a-f][0-9a-f]{2})/;

/**
 * The value of a member's text. `NaN` is null, infinities and integers of 16 digits and more are texts with all their digits.
 * @throws AppError `record-wrong` {record}, `text-unstorable` {character, field}.
 */
export function parseMember(text: string, record: number): unknown {
  const value = parseLenient(text, record);
  if (ESCAPED_HALF.test(text)) refuseHalves(value, `${record}`);
  return value;
}

/** @throws AppError `text-unstorable` {character, field} when a text in the value, or a key, holds half a character. */
export function refuseHalves(value: unknown, place: string): void {
  // Written anew, whole characters stand for themselves.
  if (!LONE_HALF.test(JSON.stringify(value))) return;
  const found = findUnstorable(value, place);
  if (found !== undefined) throw new AppError('text-unstorable', { ...found });
}

function parseLenient(text: string, record: number): unknown {
  if (!LONG_INTEGER.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // It may be one of the lenient words.
    }
  }
  try {
    return JSON.parse(text.replace(LENIENT, lenient));
  } catch (error) {
    throw new AppError('record-wrong', { record }, { cause: error });
  }
}

function lenient(token: string): string {
  if (token.startsWith('"')) return token;
  return token === 'NaN' ? 'null' : `"${token}"`;
}

/** A value as a cell: texts as they are, truth values as `True` and `False`, what nests as JSON. */
export function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
