import type { DataSource } from 'typeorm';

import { openParams } from './params.js';
import { openProjects } from './projects.js';
import { openRuns } from './runs.js';
import type { TrackingStore } from './tracking-store.js';

/** The store over a migrated database. */
export function openTrackingStore(db: DataSource): TrackingStore {
  return {
    projects: openProjects(db),
    runs: openRuns(db),
    params: openParams(db),
    close: () => Promise.resolve(),
    // Series, rows, logs and objects follow within the hour.
  } as unknown as TrackingStore;
}
