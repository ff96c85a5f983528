import { createHash } from 'node:crypto';

import type { TokenKind } from '#storage';

import type { Job } from './job-handler.js';

/** The path token for a table that this attempt of a job makes: always the same for it, never that of another attempt. */
export function attemptToken(kind: TokenKind, job: Pick<Job, 'id' | 'attempt'>): string {
  const hex = createHash('sha256').update(`${kind} ${job.id} ${job.attempt}`).digest('hex');
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return `${kind}-${uuid.join('-')}`;
}
