import { isDeepStrictEqual } from 'node:util';

import type { FileAnswer } from '#contract';
import type { StreamTree, Tree } from '#matyan';
import type { PointRange, SeriesContext } from '#tracking';

import type { Ports } from '../../ports.js';
import { matyanProject } from '../matyan-project.js';
import { binaryAnswer } from './binary-answer.js';
import { axisTree } from './search-metrics.js';
import type { SearchCall } from './search-runs.js';
import { storedTree } from './stored-tree.js';

export interface AlignedRuns {
  readonly axis: string;
  readonly runs: readonly {
    readonly run_id: string;
    readonly traces: readonly {
      readonly name: string;
      readonly context: SeriesContext;
      readonly slice: readonly number[];
    }[];
  }[];
}

/** Points of an axis that are sent at most. */
const LIMIT = 100_000;

/** For series of runs the points of the metric they are drawn over; what has no partner is left out. */
export async function alignMatyanMetrics(
  ports: Ports,
  { caller, signal }: SearchCall,
  given: AlignedRuns,
): Promise<FileAnswer> {
  return binaryAnswer(aligned(ports, await matyanProject(ports, caller), signal, given));
}

async function* aligned(
  ports: Ports,
  projectId: number,
  signal: AbortSignal,
  { axis, runs }: AlignedRuns,
): AsyncGenerator<StreamTree> {
  for (const { run_id: hash, traces } of runs) {
    if (signal.aborted) return;
    const run = await ports.tracked.runs.find(projectId, hash);
    if (!run) continue;
    const known = (await ports.tracked.series.list([run.id])).filter(({ kind }) => kind === 'number');
    const seriesOf = (name: string, context: SeriesContext): number | undefined =>
      known.find((series) => series.name === name && isDeepStrictEqual(series.context, context))?.id;
    const found: Tree[] = [];
    for (const { name, context, slice } of traces) {
      const partner = seriesOf(axis, context);
      if (seriesOf(name, context) === undefined || partner === undefined) continue;
      const columns = await ports.tracked.series.read(partner, rangeOf(slice));
      found.push({ name, context: storedTree(context), ...axisTree(columns) });
    }
    yield { [hash]: found };
  }
}

/** First and last step of what is drawn; a last one of 0 stands for the end. */
function rangeOf([from = 0, to = 0]: readonly number[]): PointRange {
  return { fromX: from, limit: LIMIT, ...(to > 0 ? { toX: to } : {}) };
}
