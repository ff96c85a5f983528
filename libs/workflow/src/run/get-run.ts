import type { WireRunWithMetrics } from '#contract';
import { RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { withMetrics } from './with-metrics.js';

/** @throws AppError `run-not-found`. */
export async function getRun(ports: Ports, id: number): Promise<WireRunWithMetrics> {
  return (await withMetrics(ports, [await rowById(ports.db.manager, RunEntity, id, 'run-not-found')]))[0]!;
}
