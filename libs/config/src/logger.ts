import { pino } from 'pino';

/** What a component of the programs logs through; children add fields such as `requestId` and `jobId`. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

/**
 * One JSON line per entry on standard error, so that standard output stays free for the one line a person reads. It
 * writes at once: Pino's buffered writer tries for ever, at the exit, to write what is left to a reader that is gone.
 */
export function createLogger(level: string, fields: object = {}): Logger {
  return pino(
    { level, base: fields, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
