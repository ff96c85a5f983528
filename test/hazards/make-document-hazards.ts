import { CFB } from '@e965/xlsx';

import type { ExcelReadPlan, JsonReadPlan } from '#contract';

import type { Hazard } from './make-hazards.js';
import { excelPlan, SMALL_ROWS, sheetXml, workbookParts, zip } from './packed-workbook.js';
import { overlappingZip, zipBytes } from './zip-bytes.js';

/** A hazard in a format of its own: how it is read, and which loader reads it. */
export interface DocumentHazard extends Omit<Hazard, 'plan'> {
  readonly plan?: ExcelReadPlan | JsonReadPlan;
  /** The file is packed; the first of this ending is read. */
  readonly archive?: readonly string[];
}

const json = (dataKey: string | null = null): JsonReadPlan => ({ format: 'json', dataKey });
const MB = 2 ** 20;
const csv = Buffer.from('a,b\n1,2\n');
const one = { rows: 1, first: { a: 1, b: 2 } };
const damagedZip = { error: 'file-damaged', values: { format: 'ZIP' } };
const damagedJson = { error: 'file-damaged', values: { format: 'JSON' } };
const nameRefused = (name: string) => ({ error: 'archive-name-refused', values: { name } });

const archive = (name: string, bytes: Buffer, expected: Hazard['expected']): DocumentHazard => ({
  name: `ZIP: ${name}`,
  bytes,
  archive: ['.csv'],
  expected,
});
const named = (name: string) => zipBytes([{ name, content: csv }]);
const archives = async (): Promise<DocumentHazard[]> => [
  archive('encrypted', zipBytes([{ name: 'a.csv', content: csv, flags: 1 }]), {
    error: 'file-encrypted',
    values: { format: 'ZIP' },
  }),
  archive('nested', zipBytes([{ name: 'b.zip', content: named('a.csv') }]), {
    error: 'archive-without-file',
    values: { extensions: '.csv' },
  }),
  archive('nested, named csv', zipBytes([{ name: 'b.csv', content: named('a.csv') }]), {
    error: 'file-not-tabular',
    values: { reason: 'ZIP / XLSX' },
  }),
  archive('entries that share their bytes', overlappingZip(csv, ['a.csv', 'b.csv']), damagedZip),
  archive(
    'a thousand files in the bytes of one',
    overlappingZip(
      Buffer.alloc(4 * MB),
      Array.from({ length: 1000 }, (_, n) => `${n}.csv`),
    ),
    { error: 'archive-too-large', values: { limitBytes: 256 * MB } },
  ),
  archive('a thousand times larger once unpacked', zipBytes([{ name: 'a.csv', content: Buffer.alloc(257 * MB) }]), {
    error: 'archive-too-large',
    values: { limitBytes: 256 * MB },
  }),
  archive(
    'a directory that lies about a size',
    zipBytes([{ name: 'a.csv', content: Buffer.from(`a,b\n${'1,2\n'.repeat(1e6)}`), claimedSize: 100 }]),
    damagedZip,
  ),
  archive(
    'more files than there may be',
    zipBytes(Array.from({ length: 10_001 }, (_, n) => ({ name: `${n}.csv`, content: csv }))),
    { error: 'archive-too-many-files', values: { limit: 10_000 } },
  ),
  archive('a name that leads out', named('../a.csv'), nameRefused('../a.csv')),
  archive('an absolute name', named('/etc/a.csv'), nameRefused('/etc/a.csv')),
  archive('a name with backslashes', named(String.raw`x\..\a.csv`), nameRefused(String.raw`x\..\a.csv`)),
  archive('a name on a drive', named('C:/a.csv'), nameRefused('C:/a.csv')),
  archive('a name on another machine', named('//server/a.csv'), nameRefused('//server/a.csv')),
  archive('the name of a device', named('CON.csv'), one),
  archive('a NUL in a name', named('a\0.csv'), one),
  archive('Zip64', await zip({ 'a.csv': csv }, { forceZip64Format: true }), one),
];

const sheet = async (
  name: string,
  parts: Readonly<Record<string, string>>,
  expected: Hazard['expected'],
  options = {},
): Promise<DocumentHazard> => ({ name: `XLSX: ${name}`, bytes: await zip(parts, options), plan: excelPlan, expected });
const textCell = (value: string) =>
  `<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="str"><v>${value}</v></c></row>`;
const withDoctype = (entities: string, value: string) =>
  workbookParts(sheetXml(textCell(value), { head: `<?xml version="1.0"?><!DOCTYPE x [${entities}]>` }));
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
const related = (change: (relation: string) => string) => {
  const parts = workbookParts(sheetXml(SMALL_ROWS));
  const path = 'xl/_rels/workbook.xml.rels';
  return { ...parts, [path]: change(parts[path]!) };
};
const macros = () => {
  const parts = workbookParts(sheetXml(SMALL_ROWS));
  const types = parts['[Content_Types].xml']!.replace(
    /application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml/,
    'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
  );
  return { ...parts, '[Content_Types].xml': types, 'xl/vbaProject.bin': 'Sub AutoOpen()' };
};
const CIRCLE =
  '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>' +
  '<row r="2"><c r="A2"><f>B2</f><v>1</v></c><c r="B2"><f>A2</f></c></row>' +
  '<row r="3"><c r="A3"><f>A3</f></c><c r="B3"><v>2</v></c></row>';

/** The library's container of old workbooks, which its own types leave open. */
const containers = CFB as {
  readonly utils: { cfb_new(): object; cfb_add(container: object, path: string, content: Buffer): void };
  write(container: object, options: { readonly type: 'buffer' }): Uint8Array;
};

function passwordProtected(): Buffer {
  const file = containers.utils.cfb_new();
  containers.utils.cfb_add(file, '/EncryptionInfo', Buffer.from('0400040040000000', 'hex'));
  containers.utils.cfb_add(file, '/EncryptedPackage', Buffer.alloc(5000, 7));
  return Buffer.from(containers.write(file, { type: 'buffer' }));
}

const workbooks = async (): Promise<DocumentHazard[]> => [
  await sheet('an entity that reads a file', withDoctype('<!ENTITY e SYSTEM "file:///etc/passwd">', '&e;'), {
    rows: 1,
    first: { a: '&e;' },
  }),
  await sheet('a billion laughs', withDoctype(`<!ENTITY l0 "ha">${laughs}`, '&l9;'), { rows: 1, first: { a: '&l9;' } }),
  await sheet('macros', macros(), { rows: 1, first: { a: 1 } }),
  await sheet('formulas in a circle', workbookParts(sheetXml(CIRCLE)), { rows: 2, first: { a: 1, b: null } }),
  await sheet('Zip64', workbookParts(sheetXml(SMALL_ROWS)), { rows: 1, first: { a: 1 } }, { forceZip64Format: true }),
  await sheet('a cell beyond every column', workbookParts(sheetXml(SMALL_ROWS.replace('A2', 'ZZZZZ99999999'))), {
    error: 'file-damaged',
    values: { format: 'Excel' },
  }),
  await sheet(
    'a sheet that stands outside',
    related((relation) => relation.replace('worksheets/sheet1.xml', '../../../../etc/passwd')),
    { error: 'file-empty' },
  ),
  await sheet(
    'a sheet on another machine',
    related((relation) => relation.replace(/Target="[^"]*"/, 'Target="http://127.0.0.1:1/x" TargetMode="External"')),
    { error: 'file-empty' },
  ),
  {
    name: 'XLSX: a part whose name leads out',
    bytes: zipBytes(
      Object.entries({ ...workbookParts(sheetXml(SMALL_ROWS)), '../x.xml': 'x' }).map(([name, content]) => ({
        name,
        content: Buffer.from(content),
      })),
    ),
    plan: excelPlan,
    expected: nameRefused('../x.xml'),
  },
  {
    name: 'XLSX: a password',
    bytes: passwordProtected(),
    plan: excelPlan,
    expected: { error: 'file-encrypted', values: { format: 'Excel' } },
  },
  {
    name: 'XLS: a head and nothing behind it',
    bytes: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600, 9)]),
    plan: excelPlan,
    expected: { error: 'file-damaged', values: { format: 'Excel' } },
  },
];

const records = (name: string, text: string, expected: Hazard['expected'], key: string | null = null) => ({
  name: `JSON: ${name}`,
  bytes: Buffer.from(text),
  plan: json(key),
  expected,
});
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const half = (character: string, field: string) => ({ error: 'text-unstorable', values: { character, field } });
const texts: readonly DocumentHazard[] = [
  records('a key twice in a record: the last one counts', '[{"a":1,"a":2},{"a":3}]', { rows: 2, first: { a: 2 } }),
  records('a column twice: the last one counts', '{"a":[1,2],"a":[3,4]}', { rows: 2, first: { a: 3 } }),
  records('the data key twice', '{"d":[{"a":1}],"d":[{"a":2}]}', damagedJson, 'd'),
  records('numbers beyond a double', '[{"a":1e999,"b":-1e999},{"a":1,"b":2}]', {
    rows: 2,
    first: { a: null, b: null },
  }),
  records('half a character', String.raw`[{"a":"x"},{"a":"\ud800y"}]`, half('U+D800', '2.a')),
  records('the other half', String.raw`[{"a":["\uDC00"]}]`, half('U+DC00', '1.a.0')),
  records('half a character in a name', String.raw`[{"\ud800":1}]`, half('U+D800', '1.\uFFFD')),
  records('half a character in the name of a column', String.raw`{"\ud800":[1]}`, half('U+D800', '1')),
  records('both halves of one', String.raw`[{"a":"\ud83d\ude00 \\ud800"}]`, { rows: 1, first: { a: '😀 \\ud800' } }),
  records('names of objects', '[{"__proto__":{"x":1},"constructor":1}]', {
    rows: 1,
    first: { proto: '{"x":1}', constructor: 1 },
  }),
  records('a depth of 100,000', `[{"a":${deep(1e5)}}]`, damagedJson),
  records('a depth of 100,000 on a line', `{"a":1}\n{"a":${deep(1e5)}}\n`, damagedJson),
  records('a depth of 100,000 on the first line', `{"a":${deep(1e5)}}\n{"a":1}\n`, damagedJson),
  records('brackets in a text', `{"a":1}\n{"a":"${'['.repeat(2000)}"}\n`, { rows: 2, first: { a: '1' } }),
  records('a record of 65 MB', `[{"a":"${'x'.repeat(65 * MB)}"}]`, {
    error: 'format-too-large',
    values: { format: 'JSON', limitBytes: 64 * MB },
  }),
  records('a line of 65 MB that does not end', `{"a":1}\n{"a":"${'x'.repeat(65 * MB)}`, {
    error: 'format-too-large',
    values: { format: 'JSON', limitBytes: 64 * MB },
  }),
  records('a cell of 17 MB', `{"a":1}\n{"a":"${'x'.repeat(17 * MB)}"}\n`, {
    error: 'row-too-large',
    values: { line: 2, limitBytes: 16 * MB },
  }),
  records('a byte order mark', '\ufeff[{"a":1}]', { rows: 1, first: { a: 1 } }),
];

/** Archives, workbooks and JSON files that break readers. */
export const makeDocumentHazards = async (): Promise<readonly DocumentHazard[]> => [
  ...(await archives()),
  ...(await workbooks()),
  ...texts,
];
