import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { RunCarrier } from '../matyan/run-carrier.js';
import { readSettings, type Settings } from '../settings.js';
import { Api } from './api.js';
import { Connection } from './connection.js';
import { type Carrier, Outbox } from './outbox.js';
import { SpoolFile, type SpoolHead } from './spool.js';

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
      const outbox = new Outbox(carrierOf(head, join(folder, name), settings, token), settings);
      const before = parcels.reduce((sum, { parcel }) => sum + parcel.items, 0);
      for (const { parcel, place } of parcels) outbox.add(parcel, place);
      await outbox.settle(timeoutMs);
      outbox.stop();
      waiting += outbox.waiting;
      sent += before - outbox.waiting;
    }
  return { sent, waiting };
}

function carrierOf({ url, opening, run }: SpoolHead, folder: string, settings: Settings, token?: string): Carrier {
  const api = new Api({ url, settings, ...(token === undefined ? {} : { token }) });
  return opening ? new Connection(api, opening, folder) : new RunCarrier(api, run ?? '', folder);
}
