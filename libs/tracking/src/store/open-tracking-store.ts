import type { DataSource } from 'typeorm';

import type { Storage } from '#storage';

import { openCharts } from './charts.js';
import { openLogs } from './logs.js';
import { openObjects } from './objects.js';
import { openLabels } from './open-labels.js';
import { openParams } from './params.js';
import { openProjects } from './projects.js';
import { openRows } from './rows.js';
import { openRuns } from './runs.js';
import { openSearch } from './search-runs.js';
import { openSeries } from './series.js';
import type { TrackingStore } from './tracking-store.js';
import { openUpkeep } from './upkeep.js';
import { Writer } from './writer.js';

/** The store over a migrated database; blobs lie in the storage. */
export function openTrackingStore(db: DataSource, storage: Storage): TrackingStore {
  const writer = new Writer(db);
  return {
    projects: openProjects(db),
    runs: openRuns(db),
    params: openParams(db),
    ...openLabels(db),
    series: openSeries(db, writer),
    rows: openRows(db, writer),
    logs: openLogs(db),
    objects: openObjects(db, storage),
    search: openSearch(db),
    upkeep: openUpkeep(db, storage),
    charts: openCharts(db),
    close: () => writer.close(),
  };
}
