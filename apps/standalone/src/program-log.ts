import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 2000;
const WARN = 40;

/** The log file of one program; past 10 MB it begins anew and the old one is kept as `<file>.old`. */
export class ProgramLog {
  #fd: number;
  #sizeBytes: number;
  #open = true;

  constructor(readonly file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#fd = openSync(file, 'a', 0o600);
    this.#sizeBytes = statSync(file).size;
  }

  write(line: string): void {
    if (this.#sizeBytes > LIMIT_BYTES) this.#rotate();
    this.#sizeBytes += writeSync(this.#fd, `${line}\n`);
  }

  /** The last lines, for an error message. */
  tail(): string {
    return readFileSync(this.file).subarray(-TAIL_BYTES).toString().trim();
  }

  /** May be called again. */
  close(): void {
    if (this.#open) closeSync(this.#fd);
    this.#open = false;
  }

  #rotate(): void {
    closeSync(this.#fd);
    renameSync(this.file, `${this.file}.old`);
    this.#fd = openSync(this.file, 'a', 0o600);
    this.#sizeBytes = 0;
  }
}

/** True for what a person at the terminal must see: warnings and worse, and what is no log entry at all, such as a crash. */
export function isAlarming(line: string): boolean {
  const level = /^\{"level":(\d+)/.exec(line)?.[1];
  return level === undefined || Number(level) >= WARN;
}
