import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { HttpError } from '#client';

import type { Parcel } from './parcel.js';
import { REJECTED, SpoolFile, type SpoolHead } from './spool.js';

/** The place on disk of one run at one server. */
export class SpoolKeeper {
  private file: SpoolFile | undefined;

  constructor(
    readonly folder: string,
    private readonly head: SpoolHead,
  ) {}

  /** A file to append to; a new one after everything in the last has arrived. */
  spool(): SpoolFile {
    if (!this.file || this.file.isGone) this.file = SpoolFile.create(this.folder, this.head);
    return this.file;
  }

  /** Kept for a person: nothing that was logged is thrown away. */
  reject(parcel: Parcel, { status, detail }: HttpError): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const line = { at: new Date().toISOString(), url: this.head.url, status, detail, parcel };
    appendFileSync(join(this.folder, REJECTED), `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }
}
