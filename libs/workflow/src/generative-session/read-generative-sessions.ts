import type { WireGenerativeSession } from '#contract';
import { GenerativeSessionEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById, toWire } from '../rows.js';

/** All sessions, or those of one task, the oldest first. */
export async function listGenerativeSessions(
  { db }: Ports,
  { task_name: task }: { task_name?: string | undefined },
): Promise<WireGenerativeSession[]> {
  const where = task === undefined ? {} : { task_name: task };
  const rows = await db.manager.find(GenerativeSessionEntity, { where, order: { created: 'ASC', id: 'ASC' } });
  return rows.map(toWire);
}

/** @throws AppError `generative-session-not-found`. */
export async function getGenerativeSession({ db }: Ports, id: number): Promise<WireGenerativeSession> {
  return toWire(await rowById(db.manager, GenerativeSessionEntity, id, 'generative-session-not-found'));
}
