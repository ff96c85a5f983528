import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { DiskStorage } from './disk-storage.js';
import type { StagedFolder, Storage, Stored } from './storage.js';

/** What a task needs of a storage: it reads, and makes what did not exist. */
export type TaskStorage = Pick<Storage, 'write' | 'read' | 'materialise' | 'stage' | 'exists'>;

/** All in one folder, so that no folder in between can be put in another's place. */
const flat = (key: string): string => `made.${key.replaceAll('/', '.')}`;

/** Where in a scratch folder lies what was made there for a key. */
export const scratchPath = (scratch: string, key: string): string => join(scratch, flat(key));

/**
 * The storage of a process that may write nowhere but into its scratch folder: it reads what there is, and what it makes lies in the
 * scratch folder until somebody with more rights takes it from there (`DiskStorage.adopt`).
 */
export class ScratchStorage implements TaskStorage {
  private readonly made: DiskStorage;

  constructor(
    private readonly base: TaskStorage,
    scratch: string,
  ) {
    this.made = new DiskStorage(scratch);
  }

  write(key: string, source: Readable, limitBytes?: number): Promise<Stored> {
    return this.made.write(flat(key), source, limitBytes);
  }

  stage(key: string): Promise<StagedFolder> {
    return this.made.stage(flat(key));
  }

  async read(key: string): Promise<Readable> {
    return (await this.made.exists(flat(key))) ? this.made.read(flat(key)) : this.base.read(key);
  }

  async materialise(key: string): Promise<string> {
    return (await this.made.exists(flat(key))) ? this.made.materialise(flat(key)) : this.base.materialise(key);
  }

  async exists(key: string): Promise<boolean> {
    return (await this.made.exists(flat(key))) || this.base.exists(key);
  }
}
