import { existsSync, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';

import { HttpError } from '#client';

import type { Api } from '../remote/api.js';
import type { Carrier } from '../remote/outbox.js';
import { type FileParcel, isFile, type Parcel } from '../remote/parcel.js';
import type { SpoolFile } from '../remote/spool.js';
import { SpoolKeeper } from '../remote/spool-keeper.js';
import { tell } from '../tell.js';
import { readJson, writeJson } from '../values/numbers-json.js';
import { RunSocket, SocketRefused } from './run-socket.js';

/** What `presign` answers. */
interface Presigned {
  readonly upload_url: string;
  readonly s3_key: string;
  readonly headers: Readonly<Record<string, string>> | null;
}

/** Carries frames over the socket of a run; files go to the address the server signs, and are named over the socket after that. */
export class RunCarrier implements Carrier {
  readonly name: string;
  private readonly socket: RunSocket;
  private readonly keeper: SpoolKeeper;
  private readonly gate = new AbortController();
  private readonly api: Api;

  constructor(
    api: Api,
    private readonly run: string,
    readonly folder: string,
  ) {
    this.name = api.url;
    this.api = api.until(this.gate.signal);
    const url = `${api.url.replace(/^http/, 'ws')}/api/v1/ws/runs/${encodeURIComponent(run)}`;
    this.socket = new RunSocket(url, () => api.authorization());
    this.keeper = new SpoolKeeper(folder, { url: api.url, run, by: api.tokenMark });
  }

  readonly deliver = async (parcel: Parcel): Promise<void> => {
    try {
      if (isFile(parcel)) await this.upload(parcel);
      else await this.frame(parcel.body, parcel.items);
    } catch (error) {
      if (error instanceof SocketRefused) throw new HttpError(error.status, 'socket-refused', error.message);
      throw error;
    }
  };

  readonly renew = (): void => this.api.renewToken();
  readonly spool = (): SpoolFile => this.keeper.spool();
  readonly reject = (parcel: Parcel, why: HttpError): void => this.keeper.reject(parcel, why);

  readonly stop = (): void => {
    this.gate.abort();
    this.socket.close();
  };

  private async frame(body: string, items: number): Promise<void> {
    const { status, error } = await this.socket.send(body);
    if (status === 'ok') return;
    if (items === 1) throw new HttpError(422, 'message-refused', error ?? 'The server refused a message');
    // What comes after a bad message was not read; each on its own finds it.
    for (const message of readJson(body) as unknown[]) {
      const alone = writeJson(message);
      const reply = await this.socket.send(alone);
      if (reply.status === 'ok') continue;
      tell(`${this.name} refused a message for good: ${reply.error ?? ''}`);
      const parcel = { lane: 'frames', items: 1, method: 'POST', path: '', body: alone } as const;
      this.reject(parcel, new HttpError(422, 'message-refused', reply.error ?? ''));
    }
  }

  private async upload({ bytes, filename, contentType, fields }: FileParcel): Promise<void> {
    // Removed after it arrived, before that could be noted.
    if (!existsSync(bytes)) return;
    const asked = JSON.stringify({ run_id: this.run, artifact_path: filename, content_type: contentType });
    const { upload_url, s3_key, headers } = await this.api.sendText<Presigned>(
      'POST',
      '/v1/rest/artifacts/presign',
      asked,
    );
    const target = new URL(upload_url, this.api.url).toString();
    await this.api.put(target, await openAsBlob(bytes), { 'content-type': contentType, ...headers });
    const message = readJson(fields['message']!) as { value?: object };
    const named = message.value ? { ...message, value: { ...message.value, s3_key } } : { ...message, s3_key };
    await this.frame(writeJson(named), 1);
    await rm(bytes, { force: true });
  }
}
