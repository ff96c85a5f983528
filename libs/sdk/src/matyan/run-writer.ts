import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { HttpError } from '#client';

import type { Api } from '../remote/api.js';
import { Outbox } from '../remote/outbox.js';
import { STATUS_LANE } from '../remote/parcel.js';
import { SpoolFile, spoolFolder } from '../remote/spool.js';
import type { Settings } from '../settings.js';
import type { Flushed } from '../sink.js';
import { tell } from '../tell.js';
import { writeJson } from '../values/numbers-json.js';
import { snowflake } from '../values/snowflake.js';
import { RunCarrier } from './run-carrier.js';

/** A message of the protocol. */
export type Message = Readonly<Record<string, unknown>> & { readonly type: string };

/** Gathers messages of a run into frames, which leave in the background. */
export class RunWriter {
  private readonly carrier: RunCarrier;
  private readonly outbox: Outbox;
  private messages: Message[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    api: Api,
    run: string,
    private readonly settings: Settings,
  ) {
    const folder = spoolFolder(settings.home, api.url, `run ${run}`);
    this.carrier = new RunCarrier(api, run, folder);
    this.outbox = new Outbox(this.carrier, settings);
    for (const { parcels } of SpoolFile.inherit(folder))
      for (const { parcel, place } of parcels)
        if (parcel.lane === STATUS_LANE) place.file.sent(place);
        else this.outbox.add(parcel, place);
  }

  send(message: Message): void {
    this.messages.push(message);
    if (this.messages.length >= this.settings.frameSize) this.seal();
    else this.timer ??= setTimeout(() => this.seal(), this.settings.frameIntervalMs).unref();
  }

  /** Uploads bytes under a path of the run, then sends the message, which is told their key. */
  upload(path: string, contentType: string, content: Uint8Array | string, message: Message): void {
    const store = join(this.carrier.folder, 'files');
    mkdirSync(store, { recursive: true, mode: 0o700 });
    const bytes = join(store, snowflake());
    if (typeof content === 'string') copyFileSync(content, bytes);
    else writeFileSync(bytes, content);
    const about = { folder: '', filename: path, contentType, checksum: '', fields: { message: writeJson(message) } };
    const parcel = { lane: `file ${path}`, items: 1, bytes, ...about };
    this.outbox.add(parcel, this.carrier.spool().keep(parcel));
  }

  finish(message: Message): void {
    this.seal();
    this.outbox.add({ lane: STATUS_LANE, items: 1, method: 'POST', path: '', body: writeJson(message) });
  }

  async flush(timeoutMs = this.settings.flushTimeoutMs): Promise<Flushed> {
    this.seal();
    if (!(await this.outbox.settle(timeoutMs))) this.outbox.spill();
    return { waiting: this.outbox.waiting };
  }

  rescue(): void {
    this.seal();
    this.outbox.spill();
  }

  async close(): Promise<void> {
    const { waiting } = await this.flush();
    this.outbox.stop();
    this.carrier.close();
    if (waiting > 0) tell(`${waiting} items of a run wait in ${this.carrier.folder}; sendWaiting() sends them`);
  }

  private seal(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.messages.length === 0) return;
    const { messages } = this;
    this.messages = [];
    this.outbox.add({ lane: 'frames', items: messages.length, method: 'POST', path: '', body: writeJson(messages) });
  }
}

/** What is not there. */
export async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw error;
  }
}
