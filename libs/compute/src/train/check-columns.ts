import { AppError, type SessionPlan } from '#contract';
import type { ComponentOf } from '#components';
import { column, type Frame } from '#frame';

/**
 * Checks the session's columns against what its task takes.
 * @throws AppError `input-is-output` {column}, `task-columns-invalid` {task, reason}, `column-not-found`.
 */
export function checkColumns(task: ComponentOf<'task'>, session: SessionPlan, frame: Frame): void {
  const { inputColumns, outputColumns } = session;
  const both = inputColumns.find((name) => outputColumns.includes(name));
  if (both !== undefined) throw new AppError('input-is-output', { column: both });
  const invalid = (reason: string): AppError => new AppError('task-columns-invalid', { task: task.name, reason });
  for (const [side, names, { types, cardinality }] of [
    ['input', inputColumns, task.inputs],
    ['output', outputColumns, task.outputs],
  ] as const) {
    const fits = cardinality === 'n' ? names.length > 0 : names.length === cardinality;
    if (!fits) throw invalid(`${side}: ${cardinality} ≠ ${names.length}`);
    for (const { name, type } of names.map((name) => column(frame, name)))
      if (!types.includes(type.type)) throw invalid(`${side}: ${name} (${type.type}) ∉ ${types.join(', ')}`);
  }
}
