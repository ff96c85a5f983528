import { isoNow } from '../clock.js';
import type { Sink } from '../sink.js';
import { type Plain, plainRecord } from '../values/plain.js';
import { type Level, levelOf, LEVELS } from './levels.js';

/** What a log line may carry beside its message; every other key is metadata. */
export interface LogOptions {
  readonly level?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** `exp.log`: `log('text')`, `log('text', 'warn', { gpu: 1 })`, `log('text', { level: 'warn', gpu: 1 })`. */
export type Log = (
  message: string,
  options?: string | LogOptions,
  metadata?: Readonly<Record<string, unknown>>,
) => void;

/** `exp.logs`: one method per level. */
export type Logs = Readonly<Record<Level, (message: string, metadata?: Readonly<Record<string, unknown>>) => void>>;

/** Makes both; lines are also printed, `error` and `fatal` on standard error, unless `echo` is off. */
export function createLogs(writable: () => Sink, echo: boolean): { log: Log; logs: Logs } {
  const log: Log = (message, options = {}, further = {}) => {
    const { level, metadata, ...fields } = typeof options === 'string' ? { level: options } : options;
    const kind = levelOf(level ?? 'info');
    const about = plainRecord({ ...metadata, ...fields, ...further });
    const isBare = Object.keys(about).length === 0;
    writable().log({
      timestamp: isoNow(),
      level: kind,
      message,
      ...(isBare ? {} : { metadata: about }),
    });
    if (echo) print(kind, message, about);
  };
  const logs = LEVELS.map(
    (level) => [level, (message: string, metadata = {}) => log(message, level, metadata)] as const,
  );
  return { log, logs: Object.fromEntries(logs) as Logs };
}

function print(level: Level, message: string, about: Readonly<Record<string, Plain>>): void {
  const fields = Object.entries(about).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const stream = level === 'error' || level === 'fatal' ? process.stderr : process.stdout;
  stream.write(`[${level.toUpperCase()}] ${message}${fields.length > 0 ? ` [${fields.join(', ')}]` : ''}\n`);
}
