import type { WireModelSession } from '#contract';
import { AppError } from '#contract';
import { DatasetEntity, ModelSessionEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { changeRow, givenName, orTaken, rowById, toWire } from '../rows.js';

/** What may change of a session. */
export interface ModelSessionChange {
  readonly name?: string | undefined;
  readonly dataset_id?: number | undefined;
  readonly task_name?: string | undefined;
}

/** @throws AppError `model-session-not-found`, `not-modified`, `name-empty`, `name-exists`, `dataset-not-found`, `component-not-found`. */
export async function patchModelSession(
  { db, catalogue }: Ports,
  id: number,
  change: ModelSessionChange,
): Promise<WireModelSession> {
  const { name, dataset_id: dataset, task_name: task } = change;
  const session = { entity: ModelSessionEntity, id, missing: 'model-session-not-found' } as const;
  const changed = changeRow(db, session, async (_row, tx) => {
    if (name === undefined && dataset === undefined && task === undefined) throw new AppError('not-modified');
    if (dataset !== undefined) await rowById(tx, DatasetEntity, dataset, 'dataset-not-found');
    return {
      ...(name === undefined ? {} : { name: givenName(name) }),
      ...(dataset === undefined ? {} : { dataset_id: dataset }),
      ...(task === undefined ? {} : { task_name: catalogue.get(task, 'Task', 'component-not-found').name }),
    };
  });
  return toWire(await orTaken(changed, 'name-exists', { name: name?.trim() ?? '' }));
}
