import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
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
import { tell } from '../tell.js';
import type { Labelled, Parcel } from './parcel.js';
import { linesOf } from './spool-lines.js';

/** A first line that is longer waits for a run of its own name, or `sendWaiting()`. */
const LONGEST_HEAD = 256 * 1024;
/** A file of another machine that nobody touched for so long is nobody's. */
const FOREIGN_MS = 3_600_000;
let files = 0;

/** What a file on disk says of itself in its first line. */
export interface SpoolHead {
  readonly url: string;
  /** The experiment that is opened before anything is sent; absent when the address names a run already. */
  readonly opening?: Opening;
  readonly run?: string;
  /** A mark of the token that a run without an opening was written with: another token would lay it into another project. */
  readonly by?: string;
}
/** Where a parcel lies. */
export interface SpoolPlace {
  readonly file: SpoolFile;
  readonly offset: number;
  readonly length: number;
}

/** A parcel that lies there: what it is, not what it holds. */
export interface Kept extends Labelled {
  readonly place: SpoolPlace;
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
  /** The last line is not whole: the disk was full. */
  private torn = false;

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

  /** Files whose processes ended, ours from now on, with what still waits in them; what a parcel holds is left on disk. */
  static inherit(folder: string): { head: SpoolHead; parcels: Kept[] }[] {
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
        const { head, parcels } = file.read();
        own.add(path);
        if (parcels.length === 0) file.remove();
        else if (head) return [{ head, parcels }];
        else file.lay(name);
        return [];
      });
  }

  /** What lies in a folder says of itself, without taking it; undefined when nothing lies there. */
  static headIn(folder: string): SpoolHead | undefined {
    const name = readdirSync(folder).find((one) => one.endsWith('.jsonl') && one !== REJECTED);
    if (name === undefined) return undefined;
    const bytes = Buffer.alloc(LONGEST_HEAD);
    try {
      const handle = openSync(join(folder, name), 'r');
      const length = readSync(handle, bytes, 0, LONGEST_HEAD, 0);
      closeSync(handle);
      return lineOf(bytes.toString('utf8', 0, Math.max(0, bytes.subarray(0, length).indexOf(10)))) as
        SpoolHead | undefined;
    } catch {
      // Sent and removed by another process meanwhile.
      return undefined;
    }
  }

  private read(): { head: SpoolHead | undefined; parcels: Kept[] } {
    const parcels = new Map<number, Kept>();
    let head: SpoolHead | undefined;
    let end = 0;
    for (const { offset, bytes } of linesOf(this.handle)) {
      end = offset + bytes.length + 1;
      const line = labelOf(bytes) ?? lineOf(bytes.toString('utf8'));
      if (line && 'sent' in line) parcels.delete(line.sent);
      else if (line && 'url' in line) head = line;
      else if (line) {
        const { lane, items } = line;
        parcels.set(offset, { lane, items, place: { file: this, offset, length: bytes.length } });
      }
    }
    // What is appended begins a line of its own.
    if (end < this.end) this.end += writeSync(this.handle, '\n');
    this.waiting = parcels.size;
    return { head, parcels: [...parcels.values()] };
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

  /** Whose it is cannot be read any more: kept for a person to look at. */
  private lay(name: string): void {
    closeSync(this.handle);
    own.delete(this.path);
    renameSync(this.path, `${this.path}.damaged`);
    tell(`${name} in the spool is damaged; what it holds is kept in ${this.path}.damaged`);
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
    try {
      if (this.torn) this.end += writeSync(this.handle, '\n');
      const offset = this.end;
      for (let at = 0; at < bytes.length;) at += writeSync(this.handle, bytes, at);
      this.end += bytes.length;
      this.torn = false;
      return { offset, length: bytes.length - 1 };
    } catch (error) {
      this.end = fstatSync(this.handle).size;
      this.torn = true;
      throw error;
    }
  }
}

/** What a crash left unfinished was in memory too, and is lost with it. */
function lineOf(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

/** A line is as long as a request; its label stands in front. */
const LABEL = /^\{"lane":("(?:[^"\\]|\\.)*"),"items":(\d+),/;
const LABEL_BYTES = 4096;
const CLOSING = 0x7d;

/** The label of a whole parcel, read without the rest of it; undefined when it has to be looked for. */
function labelOf(bytes: Buffer): Labelled | undefined {
  const [, lane, items] = LABEL.exec(bytes.toString('utf8', 0, LABEL_BYTES)) ?? [];
  if (lane === undefined || bytes.at(-1) !== CLOSING) return undefined;
  return { lane: JSON.parse(lane) as string, items: Number(items) };
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
