import { In } from 'typeorm';

import { GenerativeProcessEntity, ProcessDataEntity } from '#persistence';

import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { removeMedia } from './media.js';

/** Deletes one turn with its files; what runs for it is cancelled. @throws AppError `generative-process-not-found`. */
export async function removeGenerativeProcess(ports: Ports, id: number): Promise<null> {
  await rowById(ports.db.manager, GenerativeProcessEntity, id, 'generative-process-not-found');
  await removeProcesses(ports, [id]);
  return null;
}

/** Deletes turns with everything of theirs; files go last, for their rows name them. */
export async function removeProcesses(ports: Ports, ids: readonly number[]): Promise<void> {
  await cancelJobsOf(ports, 'generative_process', ids);
  const data = await ports.db.transaction(async (tx) => {
    const rows = await tx.find(ProcessDataEntity, { where: { process_id: In([...ids]) } });
    await tx.delete(GenerativeProcessEntity, { id: In([...ids]) });
    return rows;
  });
  await removeMedia(ports, data);
}
