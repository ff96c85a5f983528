import type { ReadPlan, TypeChange } from '#contract';

import type { Engine } from '../engine/engine.js';
import { openFile } from '../read/open-file.js';
import { INFERENCE_ROWS } from '../read/preview-file.js';
import type { TableBounds } from '../read/table-bounds.js';

import { validateTypeChanges, type TypeChangeVerdict } from './type-changes.js';

/** See Tables.checkTypeChanges. */
export async function checkTypeChanges(
  engine: Engine,
  source: string,
  plan: ReadPlan,
  changes: Readonly<Record<string, TypeChange>>,
  { rows = INFERENCE_ROWS, ...bounds }: TableBounds & { rows?: number },
): Promise<TypeChangeVerdict> {
  const { head } = await openFile(engine, source, plan, { ...bounds, rowLimit: rows, headOnly: true });
  const cells = head.names.map((name, index) => [name, head.rows.map((row) => row[index] ?? null)] as const);
  return validateTypeChanges(new Map(cells), changes);
}
