import { setImmediate } from 'node:timers/promises';

import type { MatyanProps } from '#contract';
import type { PreparedQuery, RunFacts, SeriesFacts } from '#matyan';
import type { FoundRun, RunOrder, SeriesKind, TrackedRun, TrackedSeries } from '#tracking';

import type { Ports } from '../../ports.js';
import { runParams } from '../run-params.js';
import { runProps } from '../run-props.js';
import { grouped } from '../../ml-dash/grouped.js';
import { orRefused } from './read-query.js';

export interface SearchedRuns {
  readonly projectId: number;
  readonly query: PreparedQuery;
  /** The kind of series that are searched; absent: runs are. */
  readonly kind?: SeriesKind;
  readonly order?: readonly RunOrder[];
  /** The hash of the run before the first wanted. */
  readonly after?: string;
  /** Matches of runs carry their numeric series. */
  readonly withSeries?: boolean;
}
/** A run that matches, and of its series those that do. */
export interface RunMatch {
  readonly run: TrackedRun;
  readonly props: MatyanProps;
  readonly series: readonly TrackedSeries[];
}
/** One candidate was looked at. */
export interface SearchStep {
  readonly checked: number;
  readonly total: number;
  readonly match?: RunMatch;
}

/** Runs loaded at a time. */
const PAGE = 50;
/** Other requests get their turn after so many milliseconds. */
const TURN = 10;

/** Looks at the candidates of a query one by one; stops when the reader does. @throws AppError `query-too-costly`. */
export async function* matchingRuns(
  ports: Ports,
  search: SearchedRuns,
  signal: AbortSignal,
): AsyncGenerator<SearchStep> {
  const { projectId, query, kind, order, after } = search;
  const found = await ports.tracked.search.candidates({
    projectId,
    condition: query.plan,
    ...(kind ? { kinds: [kind] } : {}),
    ...(order && order.length > 0 ? { order } : {}),
  });
  const total = found.length;
  let checked = after ? found.findIndex(({ extId }) => extId === after) + 1 : 0;
  if (after && checked === 0) return;
  let turn = performance.now();
  while (checked < total && !signal.aborted) {
    for (const candidate of await loaded(ports, search, found.slice(checked, checked + PAGE))) {
      checked++;
      const series = candidate && orRefused(() => seriesOf(search, candidate));
      yield { checked, total, ...(candidate && series ? { match: { ...candidate, series } } : {}) };
      if (performance.now() - turn < TURN) continue;
      await setImmediate();
      turn = performance.now();
    }
  }
}

/** The runs of a page in its order; undefined for those that went meanwhile. */
async function loaded(
  ports: Ports,
  search: SearchedRuns,
  page: readonly FoundRun[],
): Promise<(RunMatch | undefined)[]> {
  const { projectId, kind, withSeries, query } = search;
  const ids = page.map(({ id }) => id);
  const { runs } = await ports.tracked.runs.list({ projectId, ids, limit: PAGE });
  const [props, series] = await Promise.all([
    runProps(ports, runs),
    kind || withSeries || query.ofMetrics ? ports.tracked.series.list(ids) : [],
  ]);
  const seriesByRun = grouped(series, ({ runId }) => runId);
  const byId = new Map(runs.map((run) => [run.id, run]));
  return ids.map((id) => {
    const run = byId.get(id);
    return run && { run, props: props.get(id)!, series: seriesByRun.get(id) ?? [] };
  });
}

/** The series of a match that match; undefined when the run does not. */
function seriesOf(
  { query, kind }: SearchedRuns,
  { run, props, series }: RunMatch,
): readonly TrackedSeries[] | undefined {
  const numbers = series.filter((one) => one.kind === 'number');
  const matches = query.candidate(factsOf(run, props, query.ofMetrics ? numbers : []));
  if (!kind) return matches() ? numbers : undefined;
  const own = series.filter((one) => one.kind === kind);
  const found = query.ofSeries
    ? own.filter((one) => matches(seriesFacts(one)))
    : own.length > 0 && matches()
      ? own
      : [];
  return found.length > 0 ? found : undefined;
}

function factsOf(run: TrackedRun, props: MatyanProps, metrics: readonly TrackedSeries[]): RunFacts {
  return {
    hash: run.extId,
    name: run.name,
    description: run.description,
    experiment: props.experiment.name,
    tags: run.tags,
    createdAt: props.creation_time,
    endedAt: props.end_time,
    active: props.active,
    archived: run.archived,
    params: runParams(run, { skipSystem: false }),
    metrics: metrics.map(seriesFacts),
  };
}

const seriesFacts = (series: TrackedSeries): SeriesFacts => ({
  name: series.name,
  context: series.context,
  last: series.lastValue,
  lastStep: series.lastX,
  first: series.firstValue,
  firstStep: series.firstX,
  min: series.min,
  max: series.max,
  count: series.n,
});
