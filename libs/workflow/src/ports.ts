import type { DataSource } from 'typeorm';

import type { Config, Logger } from '#config';
import type { JobQueue } from '#queue';
import type { Storage } from '#storage';
import type { Tables } from '#tables';
import type { Tracking, TrackingStore } from '#tracking';

import type { Catalogue } from './component/catalogue.js';
import type { JobFeed } from './job/job-feed.js';
import type { JobHandlers } from './job/job-handler.js';

/** Every door a use case may go through, handed to it as its first argument. */
export interface Ports {
  readonly config: Config;
  readonly log: Logger;
  /** TypeORM's data source over every entity of `#persistence`. */
  readonly db: DataSource;
  readonly storage: Storage;
  /** Reads of stored tables; DuckDB's threads, not this one's. */
  readonly tables: Tables;
  /** Carries job ids to workers; never the truth. */
  readonly queue: JobQueue;
  /** Tells what changed on job rows, the moment it is committed. */
  readonly feed: JobFeed;
  readonly handlers: JobHandlers;
  readonly tracking: Tracking;
  /** Everything that is logged, by whomever (docs/adr/0010-tracking.md). */
  readonly tracked: TrackingStore;
  /** Manifests of all components, read from the database. */
  readonly catalogue: Catalogue;
}
