import type { WireModelSession } from '#contract';
import { ModelSessionEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById, toWire } from '../rows.js';

/** @throws AppError `model-session-not-found`. */
export async function getModelSession({ db }: Ports, id: number): Promise<WireModelSession> {
  return toWire(await rowById(db.manager, ModelSessionEntity, id, 'model-session-not-found'));
}
