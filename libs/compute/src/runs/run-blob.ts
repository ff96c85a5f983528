import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';

import type { TaskStorage } from '#storage';

import { decodeRun, encodeRun, type RunRecord } from './run-record.js';

/** Stores a run under its key. */
export async function writeRun(storage: TaskStorage, key: string, record: RunRecord): Promise<void> {
  await storage.write(key, Readable.from([encodeRun(record)]));
}

/** @throws AppError `state-unreadable` {reason} for bytes that are not a run. */
export async function readRun(storage: TaskStorage, key: string): Promise<RunRecord> {
  return decodeRun(await readFile(await storage.materialise(key)));
}
