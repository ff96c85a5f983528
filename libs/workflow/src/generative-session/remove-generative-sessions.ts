import { In } from 'typeorm';

import { GenerativeProcessEntity, GenerativeSessionEntity } from '#persistence';

import { removeProcesses } from '../generative-process/remove-generative-process.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** Deletes one session with its turns, their files and its history. @throws AppError `generative-session-not-found`. */
export async function removeGenerativeSession(ports: Ports, id: number): Promise<null> {
  await rowById(ports.db.manager, GenerativeSessionEntity, id, 'generative-session-not-found');
  return removeGenerativeSessions(ports, [id]);
}

/** Deletes sessions with everything of theirs; unknown ids are skipped. */
export async function removeGenerativeSessions(ports: Ports, ids: readonly number[]): Promise<null> {
  const turns = await ports.db.manager.find(GenerativeProcessEntity, {
    select: { id: true },
    where: { session_id: In([...ids]) },
  });
  await removeProcesses(
    ports,
    turns.map(({ id }) => id),
  );
  await ports.db.manager.delete(GenerativeSessionEntity, { id: In([...ids]) });
  return null;
}
