/** A word of a list, or null for a missing value. */
export type Literal = string | null;
/** A list of words, or of lists of words. */
export type LiteralList = readonly (Literal | LiteralList)[];

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')' };
const MISSING: ReadonlySet<string> = new Set(['None', 'null', 'nan', 'NaN']);
const DEEPEST = 4;

/**
 * Reads a list written as text, such as `['a', "b", 3]` or `[["a"], [None]]`, as Python and JSON write it. Numbers and bare words
 * are words; `None`, `null` and `nan` are missing values. Undefined when it is no such list.
 */
export function readList(text: string): LiteralList | undefined {
  let at = 0;
  const blank = (): string | undefined => {
    while (/\s/.test(text[at] ?? '')) at++;
    return text[at];
  };
  const quoted = (quote: string): string | undefined => {
    let word = '';
    for (at++; at < text.length; at++) {
      if (text[at] === quote) return (at++, word);
      if (text[at] === '\\') at++;
      word += text[at] ?? '';
    }
    return undefined;
  };
  const bare = (): Literal | undefined => {
    const from = at;
    while (at < text.length && !/[[\](),'"]/.test(text[at]!)) at++;
    const word = text.slice(from, at).trim();
    if (word === '') return undefined;
    return MISSING.has(word) ? null : word;
  };
  const item = (depth: number): Literal | LiteralList | undefined => {
    const head = text[at] ?? '';
    if (head in CLOSING) return depth < DEEPEST ? list(depth + 1) : undefined;
    return head === "'" || head === '"' ? quoted(head) : bare();
  };
  const list = (depth: number): LiteralList | undefined => {
    const close = CLOSING[text[at] ?? ''];
    if (close === undefined) return undefined;
    const items: (Literal | LiteralList)[] = [];
    at++;
    while (blank() !== close) {
      const read = item(depth);
      if (read === undefined) return undefined;
      items.push(read);
      blank();
      if (text[at] === ',') at++;
      else if (text[at] !== close) return undefined;
    }
    at++;
    return items;
  };
  blank();
  const read = list(0);
  blank();
  return at === text.length ? read : undefined;
}
