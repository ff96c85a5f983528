import { rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Logger } from '#config';

import type { Binaries } from './binaries.js';
import { readPostmasterFile, signalPostgres, stopPostmaster, strandedBackends, worksIn } from './postmaster-process.js';

const PATIENCE_MS = 10_000;

/**
 * Clears what an earlier run left in a data folder nobody holds: a live postmaster is stopped in order, processes that
 * lost theirs are ended, a stale `postmaster.pid` goes. Call it only while holding the folder's lock.
 */
export async function settleOrphan(binaries: Binaries, data: string, log: Logger): Promise<void> {
  const left = readPostmasterFile(data);
  if (left === undefined) return;
  if (worksIn(data, left.pid)) {
    log.warn({ pid: left.pid }, 'stopping a Postgres that an earlier run left behind');
    await stopPostmaster(binaries, left.pid, PATIENCE_MS);
  }
  for (const pid of strandedBackends(data)) signalPostgres(binaries, pid, 'QUIT');
  rmSync(join(data, 'postmaster.pid'), { force: true });
}
