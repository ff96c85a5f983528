/**
 * One clean table, polluted in about 2,300 ways, each with the cells it means: the families of the Pollock benchmark (Vitagliano et al.,
 * "Pollock: A Data Loading Benchmark", PVLDB 16(8), 2023), over a table of our own. Row by row and column by column a separator too
 * many, one too few, a quotation mark too many; row by row another separator; and once each what can befall a whole file.
 */
import { clean, COLUMNS, type Cell, type Row } from './pollution-source.js';

export type Family =
  | 'clean'
  | 'file'
  | 'row with a separator too many'
  | 'row with a separator too few'
  | 'row with a quotation mark too many'
  | 'row with another separator';

export interface Pollution {
  readonly name: string;
  readonly family: Family;
  readonly bytes: Buffer;
  /** What the loader must be told of how this file is written; empty when nothing. */
  readonly plan: Readonly<Record<string, unknown>>;
  /** The cells it means as text, the names first; none where it has none. */
  readonly truth: readonly (readonly string[])[];
  /** Where it is polluted: row, 0 the names, the line it starts on, and column; −1 all. */
  readonly at?: { readonly row: number; readonly line: number; readonly column: number };
}

interface Dialect {
  readonly separator: string;
  readonly quote: string;
  /** Stands before a quotation mark within quotes. */
  readonly escape: string;
  readonly lineEnd: string;
}
const USUAL: Dialect = { separator: ',', quote: '"', escape: '"', lineEnd: '\r\n' };

function writtenCell({ text, quoted }: Cell, { separator, quote, escape }: Dialect): string {
  const mustQuote = quoted || text.includes(separator.trim() || ' ') || text.includes(quote);
  return mustQuote ? quote + text.replaceAll(quote, escape + quote) + quote : text;
}

const writtenRow = (row: Row, dialect: Dialect) => row.map((cell) => writtenCell(cell, dialect));
const lineOf = (row: Row, dialect: Dialect) => writtenRow(row, dialect).join(dialect.separator);
const fileOf = (rows: readonly Row[], dialect = USUAL) =>
  rows.map((row) => lineOf(row, dialect) + dialect.lineEnd).join('');
const textOf = (rows: readonly Row[]) => rows.map((row) => row.map(({ text }) => text));
const plain = (...texts: string[]): Row => texts.map((text) => ({ text, quoted: false }));

const SOURCE = clean();
const TRUTH = textOf(SOURCE);
const HEADER = SOURCE[0]!;
const DATA = SOURCE.slice(1);

interface Told {
  readonly plan?: Readonly<Record<string, unknown>>;
  readonly truth?: readonly (readonly string[])[];
}

function file(name: string, content: string | Buffer, { plan = {}, truth = TRUTH }: Told = {}): Pollution {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { name, family: 'file', bytes, plan, truth };
}

const written = (change: Partial<Dialect>) => fileOf(SOURCE, { ...USUAL, ...change });
const SECOND = [HEADER, ...DATA.slice(0, 82)];
const narrower = SECOND.map((row) => row.slice(0, -1));
const wider = SECOND.map((row, index) => [...row, ...plain(index === 0 ? 'more' : String(index))]);
const twice = (second: readonly Row[]) => ({ truth: [...TRUTH, ...textOf(second)] });
const names = (times: number) => [HEADER.map(({ text }) => Array<string>(times).fill(text).join(' '))];

function* files(): Generator<Pollution> {
  const whole = fileOf(SOURCE);
  yield file('no byte', '', { truth: [[]] });
  yield file('no line end at the end', whole.slice(0, -2));
  yield file('two line ends at the end', `${whole}\r\n`);
  yield file('no names', fileOf(DATA), { plan: { header: 'none' }, truth: [[], ...textOf(DATA)] });
  for (const times of [2, 3]) {
    const repeated = fileOf([...Array<Row>(times - 1).fill(HEADER), ...SOURCE]);
    yield file(`names ${times} times`, repeated, {
      plan: { header: times - 1 },
      truth: [...names(times), ...TRUTH.slice(1)],
    });
  }
  const preamble = [plain('PREAMBLE', ...Array<string>(8).fill('')), plain(...Array<string>(9).fill(''))];
  yield file('preamble', fileOf([...preamble, ...SOURCE]), { plan: { header: 2 } });
  yield file('a second table, narrower', fileOf([...SOURCE, ...narrower]), twice(narrower));
  yield file('a second table, as wide', fileOf([...SOURCE, ...SECOND]), twice(SECOND));
  yield file('a second table, wider', fileOf([...SOURCE, ...wider]), twice(wider));
  yield file('names alone', fileOf([HEADER]), { truth: [TRUTH[0]!] });
  yield file('one row', fileOf(SOURCE.slice(0, 2)), { truth: TRUTH.slice(0, 2) });
  yield file('lines end in LF', written({ lineEnd: '\n' }));
  yield file('lines end in CR', written({ lineEnd: '\r' }));
  yield file('semicolons', written({ separator: ';' }), { plan: { separator: ';' } });
  yield file('tabs', written({ separator: '\t' }), { plan: { separator: 'tab' } });
  yield file('comma and blank', written({ separator: ', ' }), { plan: { separator: ',' } });
  yield file('blanks', written({ separator: ' ' }), { plan: { separator: 'blank space' } });
  yield file('apostrophes for quotes', written({ quote: "'", escape: "'" }));
  yield file('backslash before quotes', written({ escape: '\\' }));
  yield file('nothing before quotes', written({ escape: '' }));
  yield file('byte order mark', `\ufeff${whole}`);
  yield file('Windows-1252', Buffer.from(whole, 'latin1'), { plan: { encoding: 'cp1252' } });
  yield file('UTF-16 with its mark', Buffer.from(`\ufeff${whole}`, 'utf16le'));
}

/** Line ends within a row too; the one after it comes on top. */
const linesOf = (text: string) => text.split('\r\n').length;

function* rows(): Generator<Pollution> {
  const lines = SOURCE.map((row) => lineOf(row, USUAL));
  for (let row = 0, line = 1; row < SOURCE.length; line += linesOf(lines[row]!), row++) {
    const cells = writtenRow(SOURCE[row]!, USUAL);
    const put = (family: Family, column: number, changed: string, truth = TRUTH): Pollution => {
      const bytes = Buffer.from(`${lines.with(row, changed).join('\r\n')}\r\n`);
      return { name: `${family}: ${row}/${column}`, family, bytes, plan: {}, truth, at: { row, line, column } };
    };
    for (let column = 0; column < COLUMNS; column++) {
      const before = cells.slice(0, column);
      const after = cells.slice(column);
      yield put('row with a separator too many', column, [...before, '', ...after].join(','));
      if (column > 0) yield put('row with a separator too few', column, before.join(',') + after.join(','));
      const cell = SOURCE[row]![column]!;
      const quote = `${cells[column]!.startsWith('"') ? '"' : ''}"`;
      const rest = cells[column]!.slice(quote.length - 1);
      const meant = TRUTH[row]!.with(column, `"${cell.text}`);
      const changed = cells.with(column, quote + rest).join(',');
      yield put('row with a quotation mark too many', column, changed, TRUTH.with(row, meant));
    }
    yield put('row with another separator', -1, cells.join(' '));
  }
}

/** Every variant, the clean file first; they are made one by one, for together they are 60 MB. */
export function* makePollutions(): Generator<Pollution> {
  yield { name: 'clean', family: 'clean', bytes: Buffer.from(fileOf(SOURCE)), plan: {}, truth: TRUTH };
  yield* files();
  yield* rows();
}
