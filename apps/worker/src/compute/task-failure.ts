import { AppError, toStoredError } from '#contract';
import { Cancelled } from '#linalg';

import type { TaskFailure } from './messages.js';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const MEMORY = /out of memory|Array buffer allocation failed|Invalid (typed )?array length/i;

/** A thrown thing as it leaves the child: what a person can act on keeps its code, the rest is internal with its stack for the log. */
export function taskFailure(error: unknown): TaskFailure {
  if (error instanceof Cancelled || (error instanceof AppError && error.code === 'cancelled')) {
    return { cancelled: true, error: { code: 'cancelled', values: {} }, detail: null };
  }
  if (error instanceof AppError) return { cancelled: false, error: toStoredError(error), detail: null };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  const detail = error instanceof Error ? (error.stack ?? message) : message;
  // DuckDB reports a full disk in its text alone.
  if (DISK_FULL.has(code) || /No space left|File too large/i.test(message)) return failure('storage-full', detail);
  if (code === 'ERR_WORKER_OUT_OF_MEMORY' || MEMORY.test(message)) return failure('out-of-memory', detail);
  // What Node itself refuses to children for plugins.
  if (code === 'ERR_ACCESS_DENIED')
    return { cancelled: false, error: { code: 'plugin-denied', values: { what: permissionOf(error) } }, detail };
  return { cancelled: false, error: toStoredError(error), detail };
}

/** The right that is lacking, or where Node has no name for it, what it says. */
function permissionOf(error: unknown): string {
  const { permission, message } = error as { readonly permission?: string; readonly message: string };
  return permission === undefined || permission === '' ? message : permission;
}

const failure = (code: 'storage-full' | 'out-of-memory', detail: string): TaskFailure => ({
  cancelled: false,
  error: { code, values: {} },
  detail,
});
