/** Where in a value a text is that cannot be stored, and why. */
export interface Unstorable {
  /** `U+0000`, or half of a pair, as `U+D800`. */
  readonly character: string;
  /** Keys and places from the value down, as `rows.3.note`; empty for the value itself. */
  readonly field: string;
}

/** The first text of a value, keys too, that the database takes neither as text nor as JSON. JSON's depth must be bounded before. */
export function findUnstorable(value: unknown, field = ''): Unstorable | undefined {
  const found = search(value);
  if (found === undefined) return undefined;
  const path = field === '' ? found.path : [...found.path, field];
  return { character: found.character, field: path.reverse().join('.') };
}

interface Found {
  readonly character: string;
  /** From the text up: it is made on the way back, and only of what was found. */
  readonly path: string[];
}

function search(value: unknown): Found | undefined {
  if (typeof value === 'string') return inText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  // Lists are long, and most of them of numbers: nothing is made of them but a look.
  if (Array.isArray(value)) {
    const list = value as unknown[];
    for (let at = 0; at < list.length; at++) {
      const found = typeof list[at] === 'number' ? undefined : search(list[at]);
      if (found !== undefined) return below(`${at}`, found);
    }
    return undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    const found = inText(key) ?? search(inner);
    if (found !== undefined) return below(storableText(key), found);
  }
  return undefined;
}

function below(key: string, found: Found): Found {
  found.path.push(key);
  return found;
}

function inText(text: string): Found | undefined {
  const found = UNSTORABLE.exec(text)?.[0];
  if (found === undefined) return undefined;
  return { character: `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`, path: [] };
}

const UNSTORABLE = /\0|\p{Surrogate}/u;

/** A text in which U+FFFD stands for each character that cannot be stored: for what nobody chose, as what a terminal prints. */
export const storableText = (text: string): string => text.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD');
