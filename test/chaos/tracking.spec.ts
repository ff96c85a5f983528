import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { House } from './house.js';
import { Loggers } from './loggers.js';

const KILLS = 4;

test('four writers lose no acknowledged point when the API is killed under them', async () => {
  const house = await House.open('postgres');
  try {
    await house.ready();
    const loggers = new Loggers(house);
    await loggers.prepare();
    loggers.start();
    let before = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      // Killed in full flight: every writer has had answers since the last time.
      while (loggers.acknowledged < before + 2000) await sleep(10);
      await house.api.kill('SIGKILL');
      before = loggers.acknowledged;
      house.startPrograms();
      await house.ready();
    }
    while (loggers.acknowledged < before + 2000) await sleep(10);
    await loggers.stop();
    expect(loggers.acknowledged).toBeGreaterThan(2000 * KILLS);
    expect(await loggers.broken()).toEqual([]);
  } finally {
    await house.close();
  }
});
