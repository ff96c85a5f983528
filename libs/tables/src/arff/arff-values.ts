import { AppError } from '#contract';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * The values of a line, parted by commas or tabs: quoted with `'` or `"`, where a backslash takes the next sign as it is; an unquoted
 * `?`, or nothing, is missing.
 * @throws AppError `line-wrong` for a quote left open or text after one.
 */
export function splitValues(text: string, line: number): (string | null)[] {
  const values: (string | null)[] = [];
  let at = 0;
  const skipBlanks = () => {
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++;
  };
  if (text.trim() === '') return values;
  for (;;) {
    skipBlanks();
    const quote = text[at];
    if (quote === "'" || quote === '"') {
      let value = '';
      for (at++; at < text.length && text[at] !== quote; at++) {
        if (text[at] === '\\' && at + 1 < text.length) {
          at++;
          value += ESCAPES[text[at]!] ?? text[at]!;
        } else value += text[at]!;
      }
      if (at >= text.length) throw new AppError('line-wrong', { format: 'ARFF', line });
      at++;
      values.push(value);
    } else {
      const start = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '\t') at++;
      const value = text.slice(start, at).trim();
      values.push(value === '?' || value === '' ? null : value);
    }
    const parted = text[at] === '\t';
    skipBlanks();
    if (at >= text.length) return values;
    if (text[at] === ',') at++;
    else if (!parted) throw new AppError('line-wrong', { format: 'ARFF', line });
  }
}
