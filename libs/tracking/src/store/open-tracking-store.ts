import type { DataSource } from 'typeorm';

import { openParams } from './params.js';
import { openProjects } from './projects.js';
import { openRuns } from './runs.js';
import { openSeries } from './series.js';
import type { TrackingStore } from './tracking-store.js';
import { Writer } from './writer.js';

/** The store over a migrated database. */
export function openTrackingStore(db: DataSource): TrackingStore {
  const writer = new Writer(db);
  return {
    projects: openProjects(db),
    runs: openRuns(db),
    params: openParams(db),
    series: openSeries(db, writer),
    close: () => writer.close(),
    // Rows, logs and objects follow within the hour.
  } as unknown as TrackingStore;
}
