import { AppError } from '#contract';

import { datasetTypes } from '../dataset/dataset-table.js';
import type { Ports } from '../ports.js';
import { checkColumns } from './check-columns.js';

/** The body of the validation route, in its plural spelling. */
export interface SessionColumns {
  readonly task_name: string;
  readonly dataset_id: number;
  readonly inputs_columns: readonly string[];
  readonly outputs_columns: readonly string[];
}

/** Whether these columns suit the task; a mismatch is an answer, not an error. @param say words an error for the reader. */
export async function validateModelSession(
  ports: Ports,
  given: SessionColumns,
  say: (error: AppError) => string,
): Promise<{ dataset_status: 'valid' | 'invalid'; error?: string }> {
  const types = await datasetTypes(ports, given.dataset_id);
  const task = ports.catalogue.get(given.task_name, 'Task', 'component-not-found');
  try {
    checkColumns(task, types, { inputs: given.inputs_columns, outputs: given.outputs_columns });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'column-selection-invalid') throw error;
    return { dataset_status: 'invalid', error: say(error) };
  }
  return { dataset_status: 'valid' };
}
