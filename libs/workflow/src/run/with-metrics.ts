import type { WireRunWithMetrics } from '#contract';
import type { RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { toWire } from '../rows.js';

/** Runs as the wire has them, each with the six keys derived from its metrics at level LAST. */
export async function withMetrics({ tracking }: Ports, runs: readonly RunEntity[]): Promise<WireRunWithMetrics[]> {
  const summaries = await tracking.summary(runs.map((run) => run.id));
  return runs.map((run) => ({ ...toWire(run), ...summaries.get(run.id)! }));
}
