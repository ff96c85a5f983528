import type { CsvReadPlan, TypeChange } from '#contract';

import { readLayout } from '../csv/csv-layout.js';
import { INFERENCE_ROWS } from '../csv/sniff-csv.js';

import { validateTypeChanges, type TypeChangeVerdict } from './type-changes.js';

/** See Tables.checkTypeChanges. */
export async function checkTypeChanges(
  source: string,
  plan: CsvReadPlan,
  changes: Readonly<Record<string, TypeChange>>,
  { rows = INFERENCE_ROWS, maxColumns }: { rows?: number; maxColumns: number },
): Promise<TypeChangeVerdict> {
  const layout = await readLayout(source, plan, rows, maxColumns);
  const cells = layout.names.map((name, index) => [name, layout.rows.map((row) => row[index] ?? null)] as const);
  return validateTypeChanges(new Map(cells), changes);
}
