import { open } from 'node:fs/promises';
import { join } from 'node:path';

import type { SwanlogSkip } from '#contract';

import type { Task } from '../host.js';
import { readSwanDatabase } from './swan-database.js';
import { unpackSwanlog } from './unpack-swanlog.js';
import { writeRun } from './write-run.js';

/** What one import may leave out by name; more are as good as none. */
const MAX_SKIPPED = 1000;

/**
 * Takes a log folder of SwanLab apart: points, objects and lines in files of plain form, and `runs.ndjson`, which says which is which.
 * Everything in it is foreign; it is read here, where a hostile one meets the limits of a child.
 */
export const readSwanlog: Task<'read-swanlog'> = async ({ uploadKey, targetKey }, host) => {
  const { storage, progress } = host;
  const tick = (): void => host.tick(0, 1);
  const staged = await storage.stage(targetKey);
  try {
    progress(0, 'unpacking-file');
    const { database, runs } = await unpackSwanlog(await storage.materialise(uploadKey), staged.path, tick);
    const db = readSwanDatabase(join(staged.path, database));
    const skipped: SwanlogSkip[] = [];
    const skip = (one: SwanlogSkip): void => {
      if (skipped.length < MAX_SKIPPED) skipped.push(one);
    };
    const index = await open(join(staged.path, 'runs.ndjson'), 'wx');
    let count = 0;
    try {
      for (const row of db.experiments) {
        const files = runs.get(row.run_id);
        if (files === undefined) {
          skip({ directory: row.run_id, code: 'directory-missing' });
          continue;
        }
        const run = await writeRun(row, db, { folder: staged.path, files, tick, skip });
        await index.write(`${JSON.stringify(run)}\n`);
        progress(++count / db.experiments.length / 2, 'parsing-file');
      }
    } finally {
      await index.close();
    }
    const known = new Set(db.experiments.map(({ run_id }) => run_id));
    for (const directory of runs.keys()) if (!known.has(directory)) skip({ directory, code: 'experiment-unknown' });
    await staged.publish();
    return { runs: count, skipped };
  } catch (error) {
    await staged.discard();
    throw error;
  }
};
