import { createHash } from 'node:crypto';

import type { TokenKind } from '#storage';

import type { Job } from './job-handler.js';

/** A UUID that follows from a text: always the same for it. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The path token for a table that this attempt of a job makes: always the same for it, never that of another attempt. */
export function attemptToken(kind: TokenKind, job: Pick<Job, 'id' | 'attempt'>): string {
  return `${kind}-${uuidOf(`${kind} ${job.id} ${job.attempt}`)}`;
}
