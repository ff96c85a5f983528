import { isDeepStrictEqual } from 'node:util';

import type { Caller } from '#contract';
import type { PointRange, SeriesContext, TrackedSeries } from '#tracking';

import type { Ports } from '../ports.js';
import { matyanRun } from './matyan-project.js';
import { finite } from './run-info.js';

interface TraceName {
  readonly name: string;
  readonly context: SeriesContext;
}
type Trace = TraceName & { readonly iters: number[]; readonly values: (number | null)[] };

/** The whole of a series, for who asks for no density. */
const ALL = 1_000_000;

/** Sampled metric series in the order asked for; unknown ones are left out. @throws AppError `tracked-run-not-found`. */
export async function matyanMetricBatch(
  ports: Ports,
  caller: Caller,
  given: {
    readonly hash: string;
    readonly traces: readonly TraceName[];
    readonly range: { readonly from: number | undefined; readonly to: number | undefined };
    readonly density: number;
  },
): Promise<Trace[]> {
  const run = await matyanRun(ports, caller, given.hash);
  const known = (await ports.tracked.series.list([run.id])).filter(({ kind }) => kind === 'number');
  const asked = given.traces.flatMap((trace) => known.find((series) => isTrace(series, trace)) ?? []);
  const range = pointRange(given.range);
  const ids = asked.map(({ id }) => id);
  const points = await ports.tracked.series.sample(ids, given.density > 0 ? given.density : ALL, range);
  return asked.map(({ id, name, context }) => {
    const { xs = [], values = [] } = points.get(id) ?? {};
    return { name, context, iters: xs, values: values.map(finite) };
  });
}

const isTrace = (series: TrackedSeries, { name, context }: TraceName): boolean =>
  series.name === name && isDeepStrictEqual(series.context, context);

/** Steps from the first up to, and without, the last. */
function pointRange({ from, to }: { from: number | undefined; to: number | undefined }): PointRange {
  return { ...(from === undefined ? {} : { fromX: from }), ...(to === undefined ? {} : { toX: to - 1 }) };
}
