import type { Ports } from '../ports.js';

/** One at a time, whoever does it; the number is arbitrary. */
const UPKEEP_LOCK = 7_240_903;
/** Series folded, and runs taken away, between two looks at the signal. */
const PIECE = 10;
/** What reads whole tables is looked for every so many rounds. */
const FOLD_EVERY = 5;
const SWEEP_EVERY = 30;
let round = 0;

/** Marks lost runs, takes deleted ones away, folds points into chunks: what is due, until nothing is or the signal says stop. */
export async function tidyTrackedRuns({ db, tracked, log }: Ports, signal: AbortSignal): Promise<void> {
  const { upkeep } = tracked;
  const own = round++;
  // The lock lives in a session of its own: a transaction open so long would keep the database from tidying up.
  const runner = db.createQueryRunner();
  try {
    const [lock] = (await runner.query('SELECT pg_try_advisory_lock($1) AS taken', [UPKEEP_LOCK])) as { taken: boolean }[]; // prettier-ignore
    if (lock?.taken !== true) return;
    try {
      const lost = await upkeep.sweepLost();
      const all = async (piece: () => Promise<number>): Promise<number> => {
        let sum = 0;
        for (let done = PIECE; done === PIECE && !signal.aborted; sum += done) done = await piece();
        return sum;
      };
      const purged = await all(() => upkeep.purge(PIECE));
      const folded = own % FOLD_EVERY === 0 ? await all(() => upkeep.compact(PIECE)) : 0;
      const sweeping = own % SWEEP_EVERY === 0;
      if (sweeping) await upkeep.sweepRest();
      const blobs = sweeping ? (await upkeep.sweepBlobs()) + (await upkeep.sweepOrphans()) : 0;
      const copied = await all(() => upkeep.copyOldPoints(PIECE));
      if (lost + purged + folded + blobs + copied > 0)
        log.info({ lost, purged, folded, blobs, copied }, 'tracked runs tidied');
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [UPKEEP_LOCK]);
    }
  } finally {
    await runner.release();
  }
}
