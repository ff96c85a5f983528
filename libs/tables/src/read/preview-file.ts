import type { ReadPlan } from '#contract';
import type { Cell } from '#frame';

import type { Engine } from '../engine/engine.js';
import type { FilePreview } from '../tables.js';
import type { Inference } from '../types/infer-types.js';

import { declaredHead, inferHead, openFile } from './open-file.js';
import type { TableBounds } from './table-bounds.js';

/** Rows inference looks at, when nothing else is said. */
export const INFERENCE_ROWS = 1000;
const SAMPLE_ROWS = 100;

/** See Tables.preview. */
export async function previewFile(
  engine: Engine,
  source: string,
  plan: ReadPlan,
  bounds: TableBounds,
  { rows = INFERENCE_ROWS, nativeTypes = false }: { rows?: number; nativeTypes?: boolean },
): Promise<FilePreview> {
  const { head } = await openFile(engine, source, plan, { ...bounds, rowLimit: rows, headOnly: true });
  const declared = (nativeTypes || head.fixed !== undefined) && head.native !== null;
  const columns = declared ? declaredHead(head) : inferHead(head);
  const byName = <T>(pick: (inference: Inference, index: number) => T): Record<string, T> =>
    Object.fromEntries(head.names.map((name, index) => [name, pick(columns[index]!, index)]));
  const sample = head.rows
    .slice(0, SAMPLE_ROWS)
    .map((row) =>
      Object.fromEntries(head.names.map((name, index) => [name, storedCell(row[index] ?? null, columns[index]!)])),
    );
  return {
    sample: (await head.fixed?.sample()) ?? sample,
    schema: byName((inference, index) => head.native?.[index] ?? inference.straight),
    inferred_types: byName((inference) => inference.type),
    preview_row_count: head.fixed?.rowCount ?? head.rows.length,
    types_inferred: !declared,
    previewed_bytes: head.previewedBytes,
    reasons: byName((inference) => inference.reason),
    detected: {
      ...head.detected,
      decimal: columns.find((inference) => inference.style.decimal === ',')?.style.decimal ?? '.',
    },
    notes: head.notes,
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
