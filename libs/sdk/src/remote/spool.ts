import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { isAlive } from '../local/lock.js';
import type { Opening } from '../sink.js';
import type { Parcel } from './parcel.js';

/** A file of another machine that nobody touched for so long is nobody's. */
const FOREIGN_MS = 3_600_000;
let files = 0;

/** What a file on disk says of itself in its first line. */
export interface SpoolHead {
  readonly url: string;
  /** The experiment that is opened before anything is sent; absent when the address names a run already. */
  readonly opening?: Opening;
  readonly run?: string;
}
/** Where a parcel lies. */
export interface SpoolPlace {
  readonly file: SpoolFile;
  readonly offset: number;
  readonly length: number;
}

/** The folder of what waits for one run at one server. */
export function spoolFolder(home: string, url: string, prefix: string): string {
  const key = createHash('sha256').update(`${url}\n${prefix}`).digest('hex').slice(0, 24);
  return join(home, 'spool', key);
}

/** A name that tells whose file it is. */
const ownName = (): string => `${hostname()}.${process.pid}.${Date.now()}.${(files += 1)}.jsonl`;

/** A file of parcels that wait: a head, then parcels and notes of those that were sent, appended as they come. */
export class SpoolFile {
  private waiting = 0;
  private released = false;

  private constructor(
    private readonly path: string,
    private readonly handle: number,
    private end: number,
  ) {}

  /** A file of our own. */
  static create(folder: string, head: SpoolHead): SpoolFile {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, ownName());
    const file = new SpoolFile(path, openSync(path, 'ax+', 0o600), 0);
    file.append(head);
    return file;
  }

  /** Files whose processes ended, ours from now on, with what still waits in them. */
  static inherit(folder: string): { head: SpoolHead; parcels: { parcel: Parcel; place: SpoolPlace }[] }[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl') && name !== REJECTED && isAbandoned(folder, name))
      .sort()
      .flatMap((name) => {
        const path = join(folder, ownName());
        try {
          renameSync(join(folder, name), path);
        } catch {
          // Another process was quicker.
          return [];
        }
        const file = new SpoolFile(path, openSync(path, 'a+', 0o600), statSync(path).size);
        const found = file.read();
        own.add(path);
        if (found && found.parcels.length > 0) return [found];
        file.remove();
        return [];
      });
  }

  private read(): { head: SpoolHead; parcels: { parcel: Parcel; place: SpoolPlace }[] } | undefined {
    const bytes = readFileSync(this.path);
    const parcels = new Map<number, { parcel: Parcel; place: SpoolPlace }>();
    let head: SpoolHead | undefined;
    for (let offset = 0; offset < bytes.length;) {
      const close = bytes.indexOf(10, offset);
      // What a crash left unfinished was in memory too, and is lost with it.
      if (close < 0) break;
      const line = JSON.parse(bytes.toString('utf8', offset, close)) as Line;
      if ('sent' in line) parcels.delete(line.sent);
      else if ('url' in line) head = line;
      else parcels.set(offset, { parcel: line, place: { file: this, offset, length: close - offset } });
      offset = close + 1;
    }
    this.waiting = parcels.size;
    return head && { head, parcels: [...parcels.values()] };
  }

  keep(parcel: Parcel): SpoolPlace {
    this.waiting += 1;
    return { file: this, ...this.append(parcel) };
  }

  load({ offset, length }: SpoolPlace): Parcel {
    const bytes = Buffer.alloc(length);
    readSync(this.handle, bytes, 0, length, offset);
    return JSON.parse(bytes.toString('utf8')) as Parcel;
  }

  /** The server has it; a file in which nothing waits goes. */
  sent({ offset }: SpoolPlace): void {
    if (this.released) return;
    this.waiting -= 1;
    if (this.waiting === 0) this.remove();
    else this.append({ sent: offset });
  }

  /** Nobody's from now on: the next who looks inherits it. */
  release(): void {
    if (this.released || this.waiting === 0) return;
    this.released = true;
    closeSync(this.handle);
    own.delete(this.path);
  }

  private remove(): void {
    closeSync(this.handle);
    own.delete(this.path);
    unlinkSync(this.path);
  }

  get isGone(): boolean {
    return this.waiting === 0 || this.released;
  }

  private append(line: Line): { offset: number; length: number } {
    own.add(this.path);
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    const offset = this.end;
    for (let at = 0; at < bytes.length;) at += writeSync(this.handle, bytes, at);
    this.end += bytes.length;
    return { offset, length: bytes.length - 1 };
  }
}

type Line = SpoolHead | Parcel | { readonly sent: number };
/** What a server will never take is kept for a person to look at. */
export const REJECTED = 'rejected.jsonl';
const own = new Set<string>();

/** In a container the process before had our own number. */
function isAbandoned(folder: string, name: string): boolean {
  const path = join(folder, name);
  if (own.has(path)) return false;
  const [pid, host] = [Number(name.split('.').at(-4)), name.split('.').slice(0, -4).join('.')];
  if (host !== hostname())
    return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > FOREIGN_MS;
  return pid === process.pid || !isAlive(pid);
}
