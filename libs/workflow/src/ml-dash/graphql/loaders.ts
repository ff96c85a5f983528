import DataLoader from 'dataloader';

import type { Caller } from '#contract';
import { countExperiments, countFiles, countTracks, readFiles, type TrackedNode, type TrackedProject } from '#tracking';

import type { Ports } from '../../ports.js';
import { grouped } from '../grouped.js';
import { type Metric, metricsOf } from '../metric-source.js';
import { MAX_PAGE } from './query-cost.js';

/** What resolvers of one query share: who asks, and one statement for each kind of thing under a list. */
export class Asking {
  readonly project: DataLoader<number, TrackedProject>;
  readonly experimentCount: DataLoader<number, number>;
  readonly trackCount: DataLoader<number, number>;
  readonly logCount: DataLoader<number, number>;
  readonly fileCount: DataLoader<number, number>;
  readonly files: DataLoader<number, TrackedNode[]>;
  readonly metrics: DataLoader<number, Metric[]>;

  constructor(
    readonly ports: Ports,
    readonly caller: Caller,
  ) {
    const { db, tracked } = ports;
    this.project = new DataLoader((ids) => Promise.all(ids.map((id) => tracked.projects.get(id))));
    this.experimentCount = counting((ids) => countExperiments(db, ids));
    this.trackCount = counting((ids) => countTracks(db, ids));
    this.fileCount = counting((ids) => countFiles(db, ids));
    this.logCount = counting((ids) => tracked.logs.count(ids, 1));
    this.files = new DataLoader(async (ids) => {
      const found = grouped(await readFiles(db, ids, MAX_PAGE), ({ runId }) => runId);
      return ids.map((id) => found.get(id) ?? []);
    });
    this.metrics = new DataLoader(async (ids) => {
      const found = await metricsOf(tracked, ids);
      return ids.map((id) => found.get(id) ?? []);
    });
  }
}

const counting = (count: (ids: readonly number[]) => Promise<Map<number, number>>): DataLoader<number, number> =>
  new DataLoader(async (ids) => {
    const found = await count(ids);
    return ids.map((id) => found.get(id) ?? 0);
  });
