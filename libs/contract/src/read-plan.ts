import { z } from 'zod';

/** Separators by the words of the CSV loader's form; `auto` looks at the file. */
export const SEPARATORS = [',', ';', 'blank space', 'tab', '|', 'auto'] as const;
/** Encodings a text file may be read in; a byte order mark overrules the choice. `latin1` and `iso-8859-1` are read as cp1252, as the web does. */
export const ENCODINGS = ['utf-8', 'latin1', 'cp1252', 'iso-8859-1', 'utf-16', 'utf-16le', 'utf-16be'] as const;

/** A list written as `a, b, c` or as an array; empty means absent. */
const words = z
  .union([z.string().transform((text) => text.split(',').map((word) => word.trim())), z.array(z.string())])
  .nullish()
  .transform((list) => (list && list.some((word) => word !== '') ? list : null));
const flag = (fallback: boolean) =>
  z
    .union([z.boolean(), z.stringbool()])
    .nullish()
    .transform((value) => value ?? fallback);
const rowCount = z
  .union([z.coerce.number().int().min(0), z.literal('').transform(() => null)])
  .nullish()
  .transform((value) => value ?? null);

/**
 * How to read a delimited text file: the CSV loader's parameters with pandas' meanings. `header` is `infer`, `none` or the
 * number of a line; `skiprows` counts data rows after the header. Beyond the loader's form: `decimal`, `thousands`
 * (`auto` judges each column), `on_bad_lines`.
 */
export const CsvReadPlan = z.object({
  format: z.literal('csv').default('csv'),
  separator: z
    .enum(SEPARATORS)
    .nullish()
    .transform((value) => value ?? 'auto'),
  header: z
    .union([z.enum(['infer', 'none']), z.coerce.number().int().min(0).max(100_000)])
    .nullish()
    .transform((value) => value ?? 'infer'),
  names: words,
  encoding: z
    .enum(ENCODINGS)
    .nullish()
    .transform((value) => value ?? 'utf-8'),
  na_values: words,
  keep_default_na: flag(true),
  true_values: words,
  false_values: words,
  skip_blank_lines: flag(true),
  skiprows: rowCount,
  nrows: rowCount,
  decimal: z.enum(['auto', '.', ',']).default('auto'),
  thousands: z.enum(['auto', 'none', ',', '.', ' ', "'"]).default('auto'),
  on_bad_lines: z.enum(['error', 'skip']).default('error'),
});
export type CsvReadPlan = z.output<typeof CsvReadPlan>;

/** The options spreadsheets and text files share. */
interface CellOptions {
  readonly na_values: readonly string[] | null;
  readonly keep_default_na: boolean;
  readonly true_values: readonly string[] | null;
  readonly false_values: readonly string[] | null;
}

/**
 * How to read one sheet of a workbook, with pandas' meanings: `header` is the row of names counted from 0 after `skiprows` rows at the
 * top, null when there is none; `columns` are the zero-based first and last columns to keep, null for all.
 */
export interface ExcelReadPlan extends CellOptions {
  readonly format: 'excel';
  readonly sheet: number | string;
  readonly header: number | null;
  readonly columns: readonly (readonly [first: number, last: number])[] | null;
  readonly skiprows: number;
  readonly nrows: number | null;
  readonly names: readonly string[] | null;
}

/** How to read JSON: `dataKey` is the dotted path of the object that holds the records or columns, null when it is the whole file. */
export interface JsonReadPlan {
  readonly format: 'json';
  readonly dataKey: string | null;
}

/** How to read a file that describes itself: nothing to choose. */
export interface SelfDescribedReadPlan {
  readonly format: 'arff' | 'arrow' | 'parquet' | 'images';
}

/** What a loader makes of its parameters: data that `#tables` executes. */
export type ReadPlan = CsvReadPlan | ExcelReadPlan | JsonReadPlan | SelfDescribedReadPlan;
