import { isDeepStrictEqual } from 'node:util';

import type { FileAnswer } from '#contract';
import type { StreamTree, Tree } from '#matyan';
import type { PointColumns, TrackedSeries } from '#tracking';

import type { Ports } from '../../ports.js';
import { matyanProject } from '../matyan-project.js';
import { binaryAnswer } from './binary-answer.js';
import { matchingRuns, type RunMatch } from './matching-runs.js';
import { readQuery } from './read-query.js';
import { paramsTree, propsTree } from './run-trees.js';
import type { SearchCall } from './search-runs.js';
import { searchTrees } from './search-trees.js';
import { storedTree } from './stored-tree.js';

export interface MetricsSearched {
  readonly query: string;
  /** Points of each series. */
  readonly points: number;
  /** The metric the others are drawn over. */
  readonly xAxis: string | undefined;
  /** Series sampled at a time. */
  readonly chunk: number;
  readonly skipSystem: boolean;
  readonly progress: boolean;
}

/** Metric series a query is true of, sampled while they are sent. @throws AppError `query-invalid`, `query-too-costly`. */
export async function searchMatyanMetrics(ports: Ports, call: SearchCall, given: MetricsSearched): Promise<FileAnswer> {
  const query = readQuery(given.query, call.timezoneOffset, 'metric');
  const projectId = await matyanProject(ports, call.caller);
  const steps = matchingRuns(ports, { projectId, query, kind: 'number' }, call.signal);
  return binaryAnswer(searchTrees(steps, given, (match) => metricsTree(ports, match, given)));
}

async function metricsTree(ports: Ports, match: RunMatch, given: MetricsSearched): Promise<StreamTree> {
  const { xAxis } = given;
  // A query that leaves the axis out still draws over it.
  const axes = xAxis === undefined ? [] : (await ports.tracked.series.list([match.run.id])).filter(({ kind, name }) => kind === 'number' && name === xAxis); // prettier-ignore
  return {
    params: paramsTree(match, given.skipSystem),
    traces: traces(ports, match.series, axes, given),
    props: propsTree(match.props),
  };
}

async function* traces(
  ports: Ports,
  series: readonly TrackedSeries[],
  axes: readonly TrackedSeries[],
  { chunk, points, xAxis }: MetricsSearched,
): AsyncGenerator<Tree> {
  for (let at = 0; at < series.length; at += chunk) {
    const some = series
      .slice(at, at + chunk)
      .map((one) => ({ one, axis: axes.find((axis) => isDeepStrictEqual(axis.context, one.context)) }));
    const ids = new Set(some.flatMap(({ one, axis }) => (axis ? [one.id, axis.id] : [one.id])));
    const sampled = await ports.tracked.series.sample([...ids], points);
    for (const { one, axis } of some) {
      yield {
        ...traceTree(one, sampled.get(one.id)),
        ...(xAxis === undefined ? {} : axisTree(axis && sampled.get(axis.id))),
      };
    }
  }
}

const EMPTY: PointColumns = { xs: [], values: [], epochs: [], times: [] };

function traceTree({ name, context }: TrackedSeries, columns = EMPTY): Readonly<Record<string, Tree>> {
  const { xs, values, epochs, times } = columns;
  return {
    name,
    context: storedTree(context),
    slice: [0, xs.at(-1) ?? 0, 1],
    values: Float64Array.from(values),
    iters: Float64Array.from(xs),
    epochs: Float64Array.from(epochs, (epoch) => epoch ?? NaN),
    timestamps: Float64Array.from(times, (time) => time / 1000),
  };
}

/** The axis' own points; where there are none, none. */
export const axisTree = ({ xs, values } = EMPTY): Readonly<Record<string, Tree>> => ({
  x_axis_values: Float64Array.from(values),
  x_axis_iters: Float64Array.from(xs),
});
