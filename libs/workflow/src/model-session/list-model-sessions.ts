import type { WireModelSession } from '#contract';
import { ModelSessionEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { toWire } from '../rows.js';

/** All sessions, oldest first. */
export async function listModelSessions({ db }: Ports): Promise<WireModelSession[]> {
  return (await db.manager.find(ModelSessionEntity, { order: { id: 'ASC' } })).map(toWire);
}
