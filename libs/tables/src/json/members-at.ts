import { AppError } from '#contract';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Levels of nesting a file may have: what nests deeper overflows the stack of whoever parses it. */
const MAX_DEPTH = 500;
/** Bytes one member may have: a record, or a column in a file of columns. */
export const MAX_MEMBER_BYTES = 64 * 1024 * 1024;

/** A member of the wanted list or object, as text that is JSON if the file is. */
export interface Member {
  /** Its key in an object; null in a list. */
  readonly key: string | null;
  readonly text: Buffer;
}

/**
 * Cuts the members out of the list or object at `path` of a JSON text that comes in chunks; everything else is only counted
 * through. A list at the root is taken whatever the path. Only structure is judged here; members are parsed by whoever takes them.
 * @throws AppError `file-empty`, `records-not-found`, `file-damaged`, `format-too-large`.
 */
export async function* membersAt(chunks: AsyncIterable<Buffer>, path: readonly string[]): AsyncGenerator<Member> {
  const scanner = new MemberScanner(path);
  for await (const chunk of chunks) yield* scanner.push(chunk);
  scanner.end();
}

/** Lists and objects that are open, from the outside; the first `followed` of them lead along the path. */
class MemberScanner {
  private readonly open: number[] = [];
  private followed = 0;
  /** Number of followed structures at which the wanted one is reached. */
  private target: number;
  private begun = false;
  private found = false;
  private inString = false;
  private escaped = false;
  private awaitsKey = false;
  private key: string | null = null;
  private members = 0;
  private pieces: Buffer[] = [];
  private size = 0;

  constructor(private readonly path: readonly string[]) {
    this.target = path.length + 1;
  }

  *push(chunk: Buffer): Generator<Member> {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (this.inString) this.readString(byte);
      else if (byte === QUOTE) {
        if (this.open.length === 0) throw damagedJson();
        this.inString = true;
      } else if (byte === LIST || byte === OBJECT) {
        if (this.enter(byte)) start = at + 1;
      } else if (byte === LIST_END || byte === OBJECT_END) {
        if (this.open.length === this.followed) {
          yield* this.leave(chunk.subarray(start, at));
          start = at + 1;
        }
        if (this.open.pop() !== byte - 2) throw damagedJson();
      } else if (this.open.length === 0) {
        if (!isBlank(byte)) throw damagedJson();
      } else if (this.open.length === this.followed && (byte === COMMA || byte === COLON)) {
        if (byte === COMMA) yield* this.endMember(chunk.subarray(start, at));
        else this.readKey(chunk.subarray(start, at));
        start = at + 1;
      }
    }
    this.keep(chunk.subarray(start));
  }

  /** @throws AppError when there is no text, it ends too early or the path led nowhere. */
  end(): void {
    if (!this.begun) throw new AppError('file-empty');
    if (this.inString || this.open.length > 0) throw damagedJson();
    if (!this.found) throw new AppError('records-not-found', { key: this.path.join('.') });
  }

  private readString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.inString = false;
  }

  private get inTarget(): boolean {
    return !this.found && this.followed === this.target;
  }

  private enter(byte: number): boolean {
    this.begun = true;
    const along = this.open.length === this.followed && this.followed < this.target;
    const follows = along && (this.followed === 0 || this.key === this.path[this.followed - 1]);
    // A key that is there twice, or a second value: readers differ in which of them counts.
    if (this.open.push(byte) > MAX_DEPTH || (follows && this.found)) throw damagedJson();
    if (!follows) return false;
    this.followed++;
    if (this.followed === 1 && byte === LIST) this.target = 1;
    this.reset(byte === OBJECT);
    return true;
  }

  private *leave(rest: Buffer): Generator<Member> {
    if (this.inTarget) {
      if (this.members > 0 || this.size > 0 || !rest.every(isBlank)) yield* this.endMember(rest);
      this.found = true;
    }
    this.followed--;
    this.reset(false);
  }

  private *endMember(rest: Buffer): Generator<Member> {
    if (this.inTarget) {
      this.members++;
      const { key } = this;
      yield { key, text: this.take(rest) };
    }
    this.reset(this.open[this.followed - 1] === OBJECT);
  }

  private readKey(rest: Buffer): void {
    if (!this.awaitsKey) throw damagedJson();
    try {
      this.key = String(JSON.parse(this.take(rest).toString()));
    } catch (error) {
      throw damagedJson(error);
    }
    this.awaitsKey = false;
  }

  private keep(bytes: Buffer): void {
    if (!this.inTarget && !this.awaitsKey) return;
    this.size += bytes.length;
    if (this.size > MAX_MEMBER_BYTES)
      throw new AppError('format-too-large', { format: 'JSON', limitBytes: MAX_MEMBER_BYTES });
    this.pieces.push(bytes);
  }

  private take(rest: Buffer): Buffer {
    this.keep(rest);
    const text = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
    this.pieces = [];
    this.size = 0;
    return text;
  }

  private reset(awaitsKey: boolean): void {
    this.pieces = [];
    this.size = 0;
    this.key = null;
    this.awaitsKey = awaitsKey;
  }
}

/** Whether a text that is JSON nests deeper than a file may; a record on a line of its own comes past no scanner. */
export function nestsTooDeep(text: string): boolean {
  if (text.length <= 2 * MAX_DEPTH) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === LIST || code === OBJECT) {
      if (++depth > MAX_DEPTH) return true;
    } else if (code === LIST_END || code === OBJECT_END) depth--;
  }
  return false;
}

/** The error for a file whose brackets, quotes or keys are not JSON's. */
export function damagedJson(cause?: unknown): AppError {
  return new AppError('file-damaged', { format: 'JSON' }, { cause });
}
