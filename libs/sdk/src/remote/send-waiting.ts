import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readSettings } from '../settings.js';
import { Api } from './api.js';
import { Connection } from './connection.js';
import { Outbox } from './outbox.js';
import { SpoolFile } from './spool.js';

/**
 * Sends what ended processes left on disk because their server was away, of every run.
 * @returns how many items arrived, and how many still wait.
 */
export async function sendWaiting({ token, timeoutMs = 60_000 }: { token?: string; timeoutMs?: number } = {}): Promise<{
  readonly sent: number;
  readonly waiting: number;
}> {
  const settings = readSettings();
  const folder = join(settings.home, 'spool');
  let sent = 0;
  let waiting = 0;
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    for (const { head, parcels } of SpoolFile.inherit(join(folder, name))) {
      const api = new Api({ url: head.url, settings, ...(token === undefined ? {} : { token }) });
      const outbox = new Outbox(new Connection(api, head.opening, join(folder, name)), settings);
      const before = parcels.reduce((sum, { parcel }) => sum + parcel.items, 0);
      for (const { parcel, place } of parcels) outbox.add(parcel, place);
      await outbox.settle(timeoutMs);
      outbox.stop();
      waiting += outbox.waiting;
      sent += before - outbox.waiting;
    }
  return { sent, waiting };
}
