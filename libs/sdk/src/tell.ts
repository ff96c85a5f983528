const QUIET_MS = 10_000;
const told = new Map<string, number>();

/** Says on standard error what went wrong in the background, the same thing once in ten seconds: training goes on. */
export function tell(what: string, error?: unknown): void {
  const moment = Date.now();
  if (moment - (told.get(what) ?? -QUIET_MS) < QUIET_MS) return;
  told.set(what, moment);
  const why = error instanceof Error ? `: ${error.message}` : '';
  process.stderr.write(`millrace: ${what}${why}\n`);
}
