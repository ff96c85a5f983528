import type { WireRunWithMetrics } from '#contract';
import { ModelSessionEntity, RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { withMetrics } from './with-metrics.js';

/** Runs with their final metrics, oldest first. @throws AppError `model-session-not-found`. */
export async function listRuns(
  ports: Ports,
  { model_session_id: session }: { model_session_id?: number | undefined },
): Promise<WireRunWithMetrics[]> {
  const { manager } = ports.db;
  if (session !== undefined) await rowById(manager, ModelSessionEntity, session, 'model-session-not-found');
  const runs = await manager.find(RunEntity, {
    where: session === undefined ? {} : { model_session_id: session },
    order: { id: 'ASC' },
  });
  return withMetrics(ports, runs);
}
