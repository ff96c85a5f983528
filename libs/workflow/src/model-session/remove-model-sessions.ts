import { In } from 'typeorm';

import { ModelSessionEntity, RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { removeRuns } from '../run/remove-runs.js';

/** Deletes one session with its runs. @throws AppError `model-session-not-found`. */
export async function removeModelSession(ports: Ports, id: number): Promise<null> {
  await rowById(ports.db.manager, ModelSessionEntity, id, 'model-session-not-found');
  return removeModelSessions(ports, [id]);
}

/** Deletes sessions with their runs, predictions, explainers and files; unknown ids are skipped. */
export async function removeModelSessions(ports: Ports, ids: readonly number[]): Promise<null> {
  const runs = await ports.db.manager.find(RunEntity, { where: { model_session_id: In([...ids]) } });
  await removeRuns(
    ports,
    runs.map((run) => run.id),
  );
  await ports.db.manager.delete(ModelSessionEntity, { id: In([...ids]) });
  return null;
}
