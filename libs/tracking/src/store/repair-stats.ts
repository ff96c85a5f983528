import type { DataSource } from 'typeorm';

import { lockSeries, saveStats } from './locked-series.js';
import { boundsOf, readPoints } from './read-points.js';
import { within } from './sql.js';

/** Counts a series anew, after an overwrite took away what its statistics stood on. */
export async function repairStats(db: DataSource, id: number): Promise<void> {
  await within(db, undefined, async (sql) => {
    const series = (await lockSeries(sql, [id])).get(id);
    if (!series?.dirty) return;
    let min: number | null = null;
    let max: number | null = null;
    let sum = 0;
    const { values } = await readPoints(sql, id, boundsOf());
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      sum += value;
      if (min === null || value < min) min = value;
      if (max === null || value > max) max = value;
    }
    await saveStats(sql, [{ ...series, min, max, sum, dirty: false }]);
  });
}
