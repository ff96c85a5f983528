import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LogLine } from '../sink.js';
import { appendLines } from './json-lines.js';
import { locked } from './lock.js';

/** Appends log lines; their numbers go on from the last one, and `.log_sequence` says the next. */
export function appendLogs(folder: string, lines: readonly LogLine[]): void {
  const logs = join(folder, 'logs');
  mkdirSync(logs, { recursive: true });
  locked(join(logs, '.log_sequence.lock'), () => {
    let next = 0;
    appendLines(join(logs, 'logs.jsonl'), (last) => {
      next = ((last as { sequenceNumber?: number } | undefined)?.sequenceNumber ?? -1) + 1;
      return lines.map((line) => ({ sequenceNumber: next++, ...line }));
    });
    writeFileSync(join(logs, '.log_sequence'), String(next));
  });
}
