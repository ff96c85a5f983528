import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from 'vitest';

import { createLogger, loadConfig } from '#config';
import { testDatabase } from '#testing';

import { openPorts } from './open-ports.js';
import type { Ports } from './ports.js';

/** Ports over a database and a folder of one spec's own; filled before its first test. */
export interface PortsHouse {
  ports: Ports;
}

export function portsHouse(): PortsHouse {
  const house = {} as PortsHouse;
  let leave: () => Promise<void>;
  beforeAll(async () => {
    const home = await mkdtemp(join(tmpdir(), 'millrace-ports-'));
    const database = await testDatabase({ migrated: true });
    const config = loadConfig({ MILLRACE_HOME: home, DATABASE_URL: database.url });
    const opened = await openPorts(config, createLogger('silent'), { poolSize: 4 });
    house.ports = opened.ports;
    leave = async () => {
      await opened.close();
      await database.drop();
      await rm(home, { recursive: true });
    };
  });
  afterAll(() => leave());
  return house;
}
