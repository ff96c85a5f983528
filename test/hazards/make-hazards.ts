/**
 * The hazards of an upload, by what they are made of: delimited text here, archives, workbooks and JSON in make-document-hazards.ts;
 * Parquet, Arrow, ARFF and pictures beside their readers in libs/tables/src; names of files, content types and broken uploads in
 * test/e2e/hazards*.e2e.spec.ts.
 *
 * The delimited files that break readers, made by this script: name, bytes and what must come of them — a table with these rows, or an
 * error with this code.
 */
export interface Hazard {
  readonly name: string;
  readonly bytes: Buffer;
  /** Loader parameters beside the defaults. */
  readonly plan?: Readonly<Record<string, unknown>>;
  /** Takes seconds, and shows nothing where a reader is tested alone. */
  readonly slow?: boolean;
  readonly expected:
    | { readonly error: string; readonly values?: object }
    | { readonly rows: number; readonly columns?: readonly string[]; readonly first?: object };
}

const text = (content: string) => Buffer.from(content, 'utf8');
const utf16be = (content: string) => Buffer.from(content, 'utf16le').swap16();
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const many = (count: number, line: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n');

const files: readonly Hazard[] = [
  { name: 'empty file', bytes: text(''), expected: { error: 'file-empty' } },
  { name: 'only line ends', bytes: text('\r\n\n\n'), expected: { error: 'file-empty' } },
  { name: 'only a byte order mark', bytes: text('\ufeff'), expected: { error: 'file-empty' } },
  { name: 'header only', bytes: text('a,b\n'), expected: { error: 'no-rows' } },
  { name: 'header without line end', bytes: text('a,b'), expected: { error: 'no-rows' } },
  { name: 'byte order mark', bytes: text('\ufeffa,b\n1,2\n'), expected: { rows: 1, columns: ['a', 'b'] } },
  {
    name: 'PNG named csv',
    bytes: Buffer.concat([PNG, Buffer.alloc(500, 7)]),
    expected: { error: 'file-not-tabular', values: { reason: 'PNG' } },
  },
  {
    name: 'NUL bytes',
    bytes: text('a,b\n1,\0\0\n'),
    expected: { error: 'file-not-tabular', values: { reason: 'NUL' } },
  },
  {
    name: 'NUL bytes far below',
    bytes: text(`a,b\n${many(100_000, (row) => `${row % 3},x`)}\n2,\0y\n`),
    expected: { error: 'file-not-tabular', values: { reason: 'NUL' } },
  },
  {
    name: 'row too short',
    bytes: text('a,b\n1,2\n3\n4,5\n'),
    expected: { error: 'file-ragged', values: { line: 3, expected: 2, found: 1 } },
  },
  {
    name: 'row too long',
    bytes: text('a,b\n1,2\n3,4,5\n'),
    expected: { error: 'file-ragged', values: { line: 3, expected: 2, found: 3 } },
  },
  {
    name: 'row too long far below, after quoted line ends',
    bytes: text(`a,b\n${many(4000, (row) => `${row},"x\ny"`)}\n1,2,3\n`),
    expected: { error: 'file-ragged', values: { line: 8002, expected: 2, found: 3 } },
  },
  {
    name: 'bad rows skipped',
    bytes: text('a,b\n1,2\n3\n4,5,6\n7,8\n'),
    plan: { on_bad_lines: 'skip' },
    expected: { rows: 2, first: { a: 1, b: 2 } },
  },
  {
    name: 'unclosed quote',
    bytes: text('a,b\n1,"x\n3,4\n'),
    expected: { error: 'quote-unclosed', values: { line: 2 } },
  },
  {
    name: 'unclosed quote far below',
    bytes: text(
      `a,b\n${many(200_000, (row) => `${row},word number ${row}`)}\n1,"open\n${many(100, (row) => `${row},x`)}`,
    ),
    expected: { error: 'quote-unclosed', values: { line: 200_002 } },
  },
  {
    name: 'quote in the middle',
    bytes: text('a,b\n1,5" pipe\n2,x"y"z\n'),
    expected: { rows: 2, first: { a: 1, b: '5" pipe' } },
  },
  { name: 'text after a quote', bytes: text('a,b\n1,"x"y\n2,z\n'), expected: { rows: 2, first: { a: 1, b: 'xy' } } },
  {
    name: 'a quotation mark too many',
    bytes: text('a,b\n1,"x"\n2,""y"\n'),
    expected: { error: 'quote-unclosed', values: { line: 3 } },
  },
  {
    name: 'a quotation mark too many far below, where the row is as wide as it should be',
    bytes: text(`a,b,c\n${many(200_000, (row) => `${row},x,"y"`)}\n"1,x,"y,z",w\n`),
    expected: { error: 'quote-unclosed', values: { line: 200_002 } },
  },
  {
    name: 'a quotation mark too many among the names',
    bytes: text('a,""b"\n1,2\n'),
    plan: { on_bad_lines: 'skip' },
    expected: { error: 'quote-unclosed', values: { line: 1 } },
  },
  {
    name: 'rows with a quotation mark too many skipped',
    bytes: text('a,b\n1,""x"\n2,"y"z\n'),
    plan: { on_bad_lines: 'skip' },
    expected: { rows: 1, first: { a: 2, b: 'yz' } },
  },
  {
    name: 'blanks around quotes',
    bytes: text('a, "b, c" \n1, "x, y"  \n'),
    expected: { rows: 1, columns: ['a', 'b, c'], first: { a: 1, 'b, c': 'x, y' } },
  },
  {
    name: 'doubled quotes, separators and line ends in quotes',
    bytes: text('a,b\n1,"say ""hi"",\r\nok"\n'),
    expected: { rows: 1, first: { a: 1, b: 'say "hi",\r\nok' } },
  },
  { name: 'lone CR', bytes: text('a,b\r1,2\r3,4\r'), expected: { rows: 2, first: { a: 1, b: 2 } } },
  { name: 'mixed line ends', bytes: text('a,b\r\n1,2\n3,4\r5,6\r\n'), expected: { rows: 3, first: { a: 1, b: 2 } } },
  {
    name: 'line ends that change far below',
    bytes: text(`a,b\n${many(300_000, (row) => `${row},word ${row % 7}`)}\r\n1,2\r\n3,4\r\n`),
    expected: { rows: 300_002, first: { a: 0 } },
  },
  { name: 'lines of blanks', bytes: text('a,b\n1,2\n   \n\n3,4\n'), expected: { rows: 2 } },
  {
    name: 'Latin-1 taken for UTF-8',
    bytes: Buffer.from('a,b\n1,caf\xe9\n', 'latin1'),
    expected: { error: 'file-encoding-wrong', values: { encoding: 'utf-8', line: 2, suggestion: 'cp1252' } },
  },
  {
    name: 'Latin-1 far below',
    bytes: Buffer.from(`a,b\n${many(300_000, (row) => `${row},w${row}`)}\n1,caf\xe9\n`, 'latin1'),
    expected: { error: 'file-encoding-wrong', values: { encoding: 'utf-8', line: 300_002, suggestion: 'cp1252' } },
  },
  {
    name: 'cp1252',
    bytes: Buffer.from('a,b\n1,caf\xe9 \x80\n', 'latin1'),
    plan: { encoding: 'cp1252' },
    expected: { rows: 1, first: { b: 'café €' } },
  },
  {
    name: 'UTF-16 with mark',
    bytes: Buffer.from('\ufeffa,b\n1,é✓\n', 'utf16le'),
    expected: { rows: 1, first: { a: 1, b: 'é✓' } },
  },
  {
    name: 'UTF-16 that ends in half a character',
    bytes: Buffer.concat([Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), Buffer.from([0x31])]),
    expected: { error: 'file-encoding-wrong', values: { encoding: 'utf-16le', line: 3, suggestion: 'utf-8' } },
  },
  {
    name: 'UTF-16 with a NUL in a cell',
    bytes: Buffer.from('\ufeffa,b\n1,x\0\n', 'utf16le'),
    expected: { error: 'file-not-tabular', values: { reason: 'NUL' } },
  },
  {
    name: 'UTF-16 without mark',
    bytes: Buffer.from('name,b\nword,2\n', 'utf16le'),
    expected: { rows: 1, first: { name: 'word', b: 2 } },
  },
  {
    name: 'UTF-16 BE without mark',
    bytes: utf16be('name,b\nword,2\n'),
    expected: { rows: 1, first: { name: 'word', b: 2 } },
  },
  {
    name: 'repeated, empty and blank names',
    bytes: text('a,a,, ,a_2\n1,2,3,4,5\n'),
    expected: { rows: 1, columns: ['a', 'a_3', 'column_3', 'column_4', 'a_2'] },
  },
  {
    name: 'names that differ in case alone',
    bytes: text('ID,id,Id\n1,2,3\n'),
    expected: { rows: 1, first: { ID: 1, id: 2, Id: 3 } },
  },
  {
    name: 'names of objects',
    bytes: text('constructor,toString,__proto__,hasOwnProperty\n1,2,3,4\n'),
    expected: { rows: 1, columns: ['constructor', 'toString', 'proto', 'hasOwnProperty'] },
  },
  {
    name: 'SQL, HTML and shell in names and cells',
    bytes: text('"a""; DROP TABLE x; --",<script>,$(rm -rf /)\n\'; DROP TABLE y; --,<b>,`id`\n'),
    expected: { rows: 1, columns: ['a"; DROP TABLE x; --', '<script>', '$(rm -rf /)'], first: { '<script>': '<b>' } },
  },
  {
    name: 'emoji, bidi and zero-width names',
    bytes: text('🚀,a\u202eb,c\u200bd\n1,2,3\n'),
    expected: { rows: 1, columns: ['🚀', 'a\u202eb', 'c\u200bd'] },
  },
  { name: 'decimal comma', bytes: text('a;b\n1,5;x\n2,25;y\n'), expected: { rows: 2, first: { a: 1.5 } } },
  {
    name: 'grouped thousands',
    bytes: text('a,b\n"1,234,567",x\n"89",y\n'),
    expected: { rows: 2, first: { a: 1234567 } },
  },
  { name: 'an exponent among ids', bytes: text('id,b\n1e5,1\nA17,2\n'), expected: { rows: 2, first: { id: '1e5' } } },
  { name: 'leading zeros', bytes: text('a,b\n007,1\n042,2\n'), expected: { rows: 2, first: { a: '007' } } },
  {
    name: 'digits beyond 64 bits',
    bytes: text('a,b\n99999999999999999999,1\n1,2\n'),
    expected: { rows: 2, first: { a: '99999999999999999999' } },
  },
  { name: 'numbers beyond a double', bytes: text('a,b\n1e999,1\n1,2\n'), expected: { rows: 2, first: { b: 1 } } },
  {
    name: 'days that do not exist',
    bytes: text('a,b\n2023-02-30,1\n2023-02-28,2\n'),
    expected: { rows: 2, first: { a: '2023-02-30' } },
  },
  { name: 'one column', bytes: text('a\n1\n2\n'), expected: { rows: 2, columns: ['a'] } },
  {
    name: '5,000 columns',
    bytes: text(
      `${many(5000, (c) => `n${c}`).replaceAll('\n', ',')}\n${many(3, () => Array(5000).fill('1').join(','))}\n`,
    ),
    slow: true,
    expected: { rows: 3 },
  },
  {
    name: '100,000 columns',
    bytes: text(`${Array(100_000).fill('n').join(',')}\n${Array(100_000).fill('1').join(',')}\n`),
    expected: { error: 'too-many-columns' },
  },
  { name: 'an 8 MB cell', bytes: text(`a,b\n1,"${'x'.repeat(8e6)}"\n2,y\n`), expected: { rows: 2, first: { a: 1 } } },
  {
    name: 'a 40 MB cell',
    bytes: text(`a,b\n1,"${'x'.repeat(4e7)}"\n2,y\n`),
    expected: { error: 'row-too-large', values: { line: 2 } },
  },
  {
    name: 'a 40 MB line without separators',
    bytes: Buffer.alloc(4e7, 'x'),
    expected: { error: 'row-too-large', values: { line: 1 } },
  },
];

/** Every hazard. */
export function makeHazards(): readonly Hazard[] {
  return files;
}
