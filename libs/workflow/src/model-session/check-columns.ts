import { z } from 'zod';

import type { ColumnType, ComponentManifest } from '#contract';
import { AppError } from '#contract';

const Rules = z.object({
  inputs_types: z.array(z.string()),
  outputs_types: z.array(z.string()),
  inputs_cardinality: z.union([z.int(), z.literal('n')]),
  outputs_cardinality: z.union([z.int(), z.literal('n')]),
});

/** Columns chosen for a task. */
export interface ColumnChoice {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * Checks a choice of columns against a task's types and cardinalities.
 * @throws AppError `column-selection-invalid` (more columns than there are), `column-not-found`, `input-is-output`,
 * `task-columns-invalid` with what the task takes.
 */
export function checkColumns(
  task: ComponentManifest,
  types: Readonly<Record<string, ColumnType>>,
  { inputs, outputs }: ColumnChoice,
): void {
  const total = Object.keys(types).length;
  const most = Math.max(inputs.length, outputs.length);
  if (most > total) throw new AppError('column-selection-invalid', { reason: `${most} > ${total}` });
  const both = inputs.find((column) => outputs.includes(column));
  if (both !== undefined) throw new AppError('input-is-output', { column: both });
  const rules = Rules.parse(task.metadata);
  const invalid = (reason: string): AppError => new AppError('task-columns-invalid', { task: task.name, reason });
  check(
    { role: 'input', columns: inputs, allowed: rules.inputs_types, cardinality: rules.inputs_cardinality },
    types,
    invalid,
  );
  check(
    { role: 'output', columns: outputs, allowed: rules.outputs_types, cardinality: rules.outputs_cardinality },
    types,
    invalid,
  );
}

/** Columns in one role, and what the task takes there. */
interface Side {
  readonly role: 'input' | 'output';
  readonly columns: readonly string[];
  readonly allowed: readonly string[];
  readonly cardinality: number | 'n';
}

function check(
  { role, columns, allowed, cardinality }: Side,
  types: Readonly<Record<string, ColumnType>>,
  invalid: (reason: string) => AppError,
): void {
  const enough = cardinality === 'n' ? columns.length >= 1 : columns.length === cardinality;
  if (!enough) throw invalid(`${role}: ${cardinality} ≠ ${columns.length}`);
  if (new Set(columns).size < columns.length) throw invalid(`${role}: ${columns.length - new Set(columns).size} × 2`);
  for (const column of columns) {
    const type = Object.hasOwn(types, column) ? types[column] : undefined;
    if (!type) throw new AppError('column-not-found', { column });
    if (!allowed.includes(type.type)) throw invalid(`${role}: ${column} (${type.type}) ∉ ${allowed.join(', ')}`);
  }
}
