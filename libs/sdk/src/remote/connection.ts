import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';

import { HttpError } from '#client';

import type { Opening } from '../sink.js';
import { tell } from '../tell.js';
import type { Api } from './api.js';
import { openRemoteRun, type RemoteRun } from './open-remote-run.js';
import type { Carrier } from './outbox.js';
import { isFile, type Parcel } from './parcel.js';
import { uploadFile } from './remote-files.js';
import type { SpoolFile } from './spool.js';
import { sendParts } from './send-parts.js';
import { SpoolKeeper } from './spool-keeper.js';

/** One run at one server: opened when the first parcel leaves, or before. */
export class Connection implements Carrier {
  private opened: Promise<RemoteRun> | undefined;
  private readonly keeper: SpoolKeeper;
  private readonly gate = new AbortController();
  private readonly api: Api;
  /** Once it was opened. */
  run: RemoteRun | undefined;

  readonly name: string;

  constructor(
    api: Api,
    private readonly opening: Opening,
    readonly folder: string,
  ) {
    this.name = api.url;
    this.api = api.until(this.gate.signal);
    this.keeper = new SpoolKeeper(folder, { url: api.url, opening });
  }

  /** The same run for all who ask; after a failure the next one tries again. */
  open(): Promise<RemoteRun> {
    this.opened ??= openRemoteRun(this.api, this.opening).then(
      (run) => (this.run = run),
      (error: unknown) => {
        this.opened = undefined;
        throw error;
      },
    );
    return this.opened;
  }

  readonly deliver = async (parcel: Parcel): Promise<void> => {
    const run = await this.open().catch(notOpened);
    if (isFile(parcel)) {
      // Removed after it arrived, before that could be noted.
      if (!existsSync(parcel.bytes)) return;
      await uploadFile(this.api, this.opening.prefix.owner, run, parcel);
      await rm(parcel.bytes, { force: true });
      return;
    }
    const path = parcel.path.replace('{run}', run.experimentId).replace('{node}', run.nodeId);
    const send = (body: string): Promise<unknown> => this.api.sendText(parcel.method, path, body);
    await sendParts(parcel, send, (part, why) => {
      tell(`${this.name} refused ${part.items} items of ${part.lane} for good`, why);
      this.reject(part, why);
    });
  };

  readonly reject = (parcel: Parcel, why: HttpError): void => this.keeper.reject(parcel, why);

  readonly renew = (): void => this.api.renewToken();

  readonly stop = (): void => this.gate.abort();

  readonly spool = (): SpoolFile => this.keeper.spool();
}

/** What is wrong with the run is not the parcel's fault: it waits. */
function notOpened(error: unknown): never {
  if (!(error instanceof HttpError) || error.status === 401 || error.status === 403) throw error;
  throw new Error(`the run cannot be opened: ${error.detail}`, { cause: error });
}
