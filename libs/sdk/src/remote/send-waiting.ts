import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { RunCarrier } from '../matyan/run-carrier.js';
import { readSettings, type Settings } from '../settings.js';
import { tell } from '../tell.js';
import { Api } from './api.js';
import { Connection } from './connection.js';
import { Outbox } from './outbox.js';
import { type Kept, SpoolFile, type SpoolHead } from './spool.js';

/** Folders of ended runs that are being sent beside the run that goes on. */
const beside = new Map<string, Outbox>();
/** Beside training, a server that does not take a run within this time is left alone. */
const BESIDE_MS = 30_000;

/**
 * Sends what ended processes left on disk because their server was away, of every run.
 * @returns how many items arrived, and how many still wait.
 */
export async function sendWaiting({ token, timeoutMs = 60_000 }: { token?: string; timeoutMs?: number } = {}): Promise<{
  readonly sent: number;
  readonly waiting: number;
}> {
  const settings = readSettings();
  let sent = 0;
  let waiting = 0;
  for (const folder of foldersIn(settings.home))
    for (const { head, parcels } of SpoolFile.inherit(folder)) {
      const api = new Api({ url: head.url, settings, ...(token === undefined ? {} : { token }) });
      const outbox = outboxOf(api, head, parcels, folder, settings);
      const before = outbox.waiting;
      await outbox.settle(timeoutMs);
      outbox.stop();
      waiting += outbox.waiting;
      sent += before - outbox.waiting;
    }
  return { sent, waiting };
}

/** Sends in the background what ended processes left for this server; the process does not stay for it, the next one goes on. */
export function sendBeside(api: Api, settings: Settings): void {
  void sendEach(api, settings).catch((error: unknown) => tell('What earlier runs left cannot be sent now', error));
}

async function sendEach(api: Api, settings: Settings): Promise<void> {
  for (const folder of foldersIn(settings.home)) {
    const head = SpoolFile.headIn(folder);
    if (head?.url !== api.url || (head.run !== undefined && head.by !== api.tokenMark)) continue;
    // All of the folder at once, so that a run of its name gets all of it back.
    const parcels = SpoolFile.inherit(folder).flatMap((file) => file.parcels);
    const outbox = outboxOf(api, head, parcels, folder, { ...settings, workers: 1 });
    beside.set(folder, outbox);
    const arrived = await outbox.settle(BESIDE_MS, { hold: false });
    outbox.stop();
    if (beside.get(folder) === outbox) beside.delete(folder);
    if (!arrived) return;
  }
}

/** A run of this folder begins: what waits there is its own again. */
export function takeOver(folder: string): ReturnType<typeof SpoolFile.inherit> {
  beside.get(folder)?.stop();
  beside.delete(folder);
  return SpoolFile.inherit(folder);
}

function foldersIn(home: string): string[] {
  const spool = join(home, 'spool');
  return existsSync(spool) ? readdirSync(spool).map((name) => join(spool, name)) : [];
}

function outboxOf(api: Api, head: SpoolHead, parcels: readonly Kept[], folder: string, pace: Settings): Outbox {
  const { opening, run } = head;
  const carrier = opening ? new Connection(api, opening, folder) : new RunCarrier(api, run ?? '', folder);
  const outbox = new Outbox(carrier, pace);
  for (const kept of parcels) outbox.addKept(kept);
  return outbox;
}
