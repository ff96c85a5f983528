import type { WireRun, WireRunWithMetrics } from '#contract';
import type { RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { toWire, without } from '../rows.js';

/** Runs as the wire has them, each with the six keys derived from its metrics at level LAST. */
export async function withMetrics({ tracking }: Ports, runs: readonly RunEntity[]): Promise<WireRunWithMetrics[]> {
  const summaries = await tracking.summary(runs.map((run) => run.id));
  return runs.map((run) => ({ ...wireRun(run), ...summaries.get(run.id)! }));
}

/** A run as the wire has it, without its scores. */
export function wireRun(run: RunEntity): WireRun {
  return without(toWire(run), 'split_sizes');
}
