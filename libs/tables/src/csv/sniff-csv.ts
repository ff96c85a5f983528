import type { CsvReadPlan } from '#contract';
import type { Cell } from '#frame';

import type { CsvPreview } from '../tables.js';
import { inferColumn, type Inference } from '../types/infer-types.js';

import { readLayout, type CsvLayout } from './csv-layout.js';

/** Rows inference looks at and columns a table may have, when nothing else is said. */
export const INFERENCE_ROWS = 1000;
export const MAX_COLUMNS = 20_000;
const SAMPLE_ROWS = 100;

/** What the first rows say about each column, in order. */
export function inferLayout(layout: CsvLayout, plan: CsvReadPlan): Inference[] {
  const hints = { ...plan, separator: layout.separator };
  return layout.names.map((_, index) =>
    inferColumn(
      layout.rows.map((row) => row[index] ?? null),
      hints,
    ),
  );
}

/** See Tables.sniffCsv. */
export async function sniffCsv(
  source: string,
  plan: CsvReadPlan,
  { rows = INFERENCE_ROWS, maxColumns }: { rows?: number; maxColumns: number },
): Promise<CsvPreview> {
  const layout = await readLayout(source, plan, rows, maxColumns);
  const columns = inferLayout(layout, plan);
  const byName = <T>(pick: (inference: Inference) => T): Record<string, T> =>
    Object.fromEntries(layout.names.map((name, index) => [name, pick(columns[index]!)]));
  const sample = layout.rows
    .slice(0, SAMPLE_ROWS)
    .map((row) =>
      Object.fromEntries(layout.names.map((name, index) => [name, storedCell(row[index] ?? null, columns[index]!)])),
    );
  return {
    sample,
    schema: byName((inference) => inference.straight),
    inferred_types: byName((inference) => inference.type),
    preview_row_count: layout.rows.length,
    types_inferred: true,
    previewed_bytes: layout.previewedBytes,
    reasons: byName((inference) => inference.reason),
    detected: {
      separator: layout.separator,
      encoding: layout.source.encoding,
      header: layout.hasHeader,
      decimal: columns.find((inference) => inference.style.decimal === ',')?.style.decimal ?? '.',
    },
    notes: layout.notes,
  };
}

/** A cell as the table will hold it. */
function storedCell(cell: string | null, { type, style, truth }: Inference): Cell {
  if (cell === null) return null;
  if (type.type === 'Integer' || type.type === 'Float') {
    const number = Number(
      cell
        .trim()
        .replaceAll(style.thousands || ' ', '')
        .replace(style.decimal, '.'),
    );
    return Number.isFinite(number) ? number : null;
  }
  const word = cell.trim().toLowerCase();
  return truth?.yes.includes(word) ? 'True' : truth?.no.includes(word) ? 'False' : cell;
}
