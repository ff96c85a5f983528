import type { Tick } from '#linalg';

import type { TaskHost } from '../host.js';

/** Progress of one task, told to the host in steps of a percent at least. */
export interface ProgressMeter {
  /** A new phase of the work begins. */
  readonly say: (fraction: number, message: string) => void;
  /** A tick whose progress moves through this span of 0–1, and that stops cancelled work. */
  readonly within: (span: readonly [from: number, to: number]) => Tick;
}

/** A meter that starts at nothing done. */
export function progressMeter(host: Pick<TaskHost, 'tick' | 'progress'>): ProgressMeter {
  let told = 0;
  let message = 'training';
  return {
    say(fraction, phase) {
      told = fraction;
      message = phase;
      host.progress(fraction, phase);
    },
    within:
      ([from, to]) =>
      (done, total) => {
        host.tick(done, total);
        const fraction = from + (to - from) * Math.min(1, done / Math.max(1, total));
        if (fraction < told + 0.01) return;
        told = fraction;
        host.progress(fraction, message);
      },
  };
}
