import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { HttpError } from '#client';

import type { Api } from '../remote/api.js';
import { Outbox } from '../remote/outbox.js';
import { STATUS_LANE } from '../remote/parcel.js';
import { sendBeside, takeOver } from '../remote/send-waiting.js';
import { spoolFolder } from '../remote/spool.js';
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
  private readonly mark = randomBytes(12).toString('base64url');
  private count = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    api: Api,
    run: string,
    private readonly settings: Settings,
  ) {
    const folder = spoolFolder(settings.home, api.url, `run ${run} ${api.tokenMark}`);
    this.carrier = new RunCarrier(api, run, folder);
    this.outbox = new Outbox(this.carrier, settings);
    for (const { parcels } of takeOver(folder))
      for (const kept of parcels)
        if (kept.lane === STATUS_LANE) kept.place.file.sent(kept.place);
        else this.outbox.addKept(kept);
    sendBeside(api, settings);
  }

  send(message: Message): void {
    this.messages.push(this.keyed(message));
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
    const about = {
      folder: '',
      filename: path,
      contentType,
      checksum: '',
      fields: { message: writeJson(this.keyed(message)) },
    };
    const parcel = { lane: `file ${path}`, items: 1, bytes, ...about };
    this.outbox.addKept({ lane: parcel.lane, items: 1, place: this.carrier.spool().keep(parcel) });
  }

  finish(message: Message): void {
    this.seal();
    this.outbox.add({ lane: STATUS_LANE, items: 1, method: 'POST', path: '', body: writeJson(this.keyed(message)) });
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
    if (waiting > 0) tell(`${waiting} items of a run wait in ${this.carrier.folder}; sendWaiting() sends them`);
  }

  /** What has a step is the same however often it comes; all else a server knows again by a key, when its reply was lost. */
  private keyed(message: Message): Message {
    if (typeof message['step'] === 'number') return message;
    this.count += 1;
    return { ...message, idempotency_key: `${this.mark}${this.count.toString(36)}` };
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
