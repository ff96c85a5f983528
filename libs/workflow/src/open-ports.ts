import type { Config, Logger } from '#config';
import { openDatabase } from '#persistence';
import { openQueue } from '#queue';
import { DiskStorage } from '#storage';
import { openTables } from '#tables';
import { openTracking, openTrackingStore } from '#tracking';

import { Catalogue } from './component/catalogue.js';
import { engineFolder } from './engine-folder.js';
import { handlers } from './job/handlers.js';
import { JobFeed } from './job/job-feed.js';
import type { Ports } from './ports.js';

/**
 * Opens every door a program needs; the database must be migrated.
 * @throws Error without DATABASE_URL; the driver's error when the database cannot be reached.
 */
export async function openPorts(
  config: Config,
  log: Logger,
  { poolSize = 8, applicationName = 'millrace' }: { poolSize?: number; applicationName?: string } = {},
): Promise<{ ports: Ports; close: () => Promise<void> }> {
  const { databaseUrl } = config;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set');
  const db = await openDatabase(databaseUrl, { poolSize, applicationName });
  const queue = await openQueue(config, quietly(log, 'queue connection'));
  const feed = new JobFeed(databaseUrl, log);
  await feed.open();
  const catalogue = new Catalogue(db, config.pluginsEnabled);
  const refresh = (): void => {
    catalogue.refresh().catch((error: unknown) => log.warn({ error: String(error) }, 'components not read'));
  };
  feed.onComponents(refresh);
  await catalogue.refresh();
  const storage = new DiskStorage(config.dataDir);
  const folder = engineFolder(config.dataDir);
  const tables = await openTables({
    directories: [config.dataDir],
    tempDirectory: folder.path,
    memoryLimitBytes: Math.floor(config.childMemoryBytes / 4),
    // A filter or a sort is read in parallel: a deep page's two seconds are all CPU.
    threads: 2,
  });
  const tracked = openTrackingStore(db, storage);
  const ports: Ports = {
    config,
    log,
    db,
    storage,
    tables,
    queue,
    feed,
    handlers,
    tracking: openTracking(db, tracked),
    tracked,
    catalogue,
  };
  const close = async (): Promise<void> => {
    await tracked.close();
    await Promise.allSettled([feed.close(), queue.close(), tables.close()]);
    await folder.close();
    await db.destroy();
  };
  return { ports, close };
}

/** What is away reports itself many times a second; one line in ten seconds says as much. */
export function quietly(log: Logger, message: string): (error: Error) => void {
  let last = 0;
  return (error) => {
    const now = Date.now();
    if (now - last < 10_000) return;
    last = now;
    log.warn({ error: error.message }, message);
  };
}
