import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DataSource } from 'typeorm';
import { afterAll, beforeAll } from 'vitest';

import { openDatabase } from '#persistence';
import { DiskStorage, type Storage } from '#storage';
import { testDatabase } from '#testing';

import { openTrackingStore } from './open-tracking-store.js';
import type { TrackedRun } from './tracked-types.js';
import type { TrackingStore } from './tracking-store.js';

/** A store over a database of one spec's own. */
export interface TestStore {
  db: DataSource;
  store: TrackingStore;
  storage: Storage;
  url: string;
  /** A new run in a project of its own name or `local/default`. */
  newRun: (name?: string, project?: string) => Promise<TrackedRun>;
}

export function testStore(): TestStore {
  const house = {} as TestStore;
  let drop: () => Promise<void>;
  let home: string;
  beforeAll(async () => {
    const database = await testDatabase({ migrated: true });
    drop = database.drop;
    house.url = database.url;
    house.db = await openDatabase(database.url, { poolSize: 6 });
    home = await mkdtemp(join(tmpdir(), 'millrace-tracking-'));
    house.storage = new DiskStorage(home);
    house.store = openTrackingStore(house.db, house.storage);
    house.newRun = async (name = 'run', project = 'default') => {
      const { id: projectId } = await house.store.projects.open('local', project);
      return (await house.store.runs.open({ projectId, source: 'matyan', name })).run;
    };
  });
  afterAll(async () => {
    await house.store.close();
    await house.db.destroy();
    await drop();
    await rm(home, { recursive: true, force: true });
  });
  return house;
}
