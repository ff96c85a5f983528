import { ZipFile } from 'yazl';

import type { ExcelReadPlan } from '#contract';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A workbook's first sheet, its first row the names, nothing chosen. */
export const excelPlan: ExcelReadPlan = {
  format: 'excel',
  sheet: 0,
  header: 0,
  columns: null,
  skiprows: 0,
  nrows: null,
  names: null,
  na_values: null,
  keep_default_na: true,
  true_values: null,
  false_values: null,
};

/** Files as one archive. */
export async function zip(entries: Readonly<Record<string, string | Buffer>>, options = {}): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content] of Object.entries(entries)) file.addBuffer(Buffer.from(content), name, options);
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A sheet's XML: what it claims to span, its rows, and what may stand before all. */
export const sheetXml = (rows: string, { span = 'A1:B2', head = HEAD } = {}): string =>
  `${head}<worksheet xmlns="${MAIN}"><dimension ref="${span}"/><sheetData>${rows}</sheetData></worksheet>`;

/** Parts of a workbook with this one sheet, written by hand so that they can say what no writer would. */
export const workbookParts = (sheet: string): Record<string, string> => ({
  '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  'xl/worksheets/sheet1.xml': sheet,
});

/** One column `a` with the value 1. */
export const SMALL_ROWS = '<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>';
