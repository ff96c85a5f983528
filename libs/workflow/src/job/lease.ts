/** How long a worker may be silent before its jobs run elsewhere. Time is the database's, so clocks need not agree. */
export const LEASE_MS = 4000;
/** How often a worker speaks up. */
export const BEAT_MS = 1000;
/** How often the sweeper looks for leases that ran out. */
export const SWEEP_MS = 500;
/** SQL for a duration given in milliseconds as a parameter. */
export const interval = (parameter: string): string => `make_interval(secs => ${parameter}::float8 / 1000)`;
