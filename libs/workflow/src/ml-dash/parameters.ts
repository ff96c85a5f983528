import type { z } from 'zod';

import type { Caller, WireMlDashParameters } from '#contract';
import type { TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';
import { visibleRun, writableRun } from './visible.js';

type Parameters = z.infer<typeof WireMlDashParameters>;

/** All parameters, flat. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function readParameters(ports: Ports, caller: Caller, id: number): Promise<Parameters> {
  const run = await visibleRun(ports, caller, id);
  return wire(run, run.paramsVersion, await ports.tracked.params.leaves(id));
}

/** Merges parameters, key by key. @throws AppError as {@link readParameters}, `tracked-run-protected`, `tracked-limit-passed`. */
export async function setParameters(
  ports: Ports,
  caller: Caller,
  id: number,
  data: Readonly<Record<string, unknown>>,
): Promise<Parameters> {
  const run = await writableRun(ports, caller, id);
  const { version, leaves } = await ports.tracked.params.merge(id, data);
  return wire({ ...run, lastModified: new Date() }, version, leaves);
}

const wire = (run: TrackedRun, version: number, data: Record<string, unknown>): Parameters => ({
  id: `${run.id}`,
  experimentId: `${run.id}`,
  data,
  version,
  createdAt: run.created.toISOString(),
  updatedAt: run.lastModified.toISOString(),
});
