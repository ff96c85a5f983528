import { setImmediate } from 'node:timers/promises';

import type { MatyanProps } from '#contract';
import type { PreparedQuery, RunFacts, SeriesFacts } from '#matyan';
import type { FoundRun, RunOrder, SeriesKind, TrackedRun, TrackedSeries } from '#tracking';

import type { Ports } from '../../ports.js';
import { runParams } from '../run-params.js';
import { endSeconds, epochSeconds, isActive, runProps } from '../run-props.js';
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
const PAGE = 100;
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
  for (; checked < total && !signal.aborted; checked += PAGE) {
    const page = found.slice(checked, checked + PAGE);
    const matches = await matchesOf(ports, search, page, signal);
    if (!matches) return;
    for (const [at, { id }] of page.entries()) {
      const match = matches.get(id);
      yield { checked: checked + at + 1, total, ...(match ? { match } : {}) };
    }
  }
}

interface Candidate {
  readonly run: TrackedRun;
  readonly series: readonly TrackedSeries[];
  readonly experiment: string | null;
}

/** Those of a page that match; only of them is read what the query did not ask about. Undefined when the reader has left. */
async function matchesOf(
  ports: Ports,
  search: SearchedRuns,
  page: readonly FoundRun[],
  signal: AbortSignal,
): Promise<Map<number, RunMatch> | undefined> {
  const matches: Pick<RunMatch, 'run' | 'series'>[] = [];
  let turn = performance.now();
  for (const candidate of await candidates(ports, search, page)) {
    const series = orRefused(() => seriesOf(search, candidate));
    if (series) matches.push({ run: candidate.run, series });
    if (performance.now() - turn < TURN) continue;
    await setImmediate();
    if (signal.aborted) return undefined;
    turn = performance.now();
  }
  const ids = matches.map(({ run }) => run.id);
  const own = search.withSeries && !search.kind ? await numbersOf(ports, ids) : undefined;
  const props = await runProps(ports, matches.map(({ run }) => run)); // prettier-ignore
  return new Map(
    matches.map(({ run, series }) => [
      run.id,
      { run, props: props.get(run.id)!, series: own ? (own.get(run.id) ?? []) : series },
    ]),
  );
}

async function numbersOf({ tracked }: Ports, ids: readonly number[]): Promise<Map<number, TrackedSeries[]>> {
  const series = ids.length > 0 ? await tracked.series.list(ids) : [];
  return grouped(
    series.filter(({ kind }) => kind === 'number'),
    ({ runId }) => runId,
  );
}

/** The runs of a page, without those that went meanwhile, with what the query says something of. */
async function candidates(
  ports: Ports,
  { projectId, kind, query }: SearchedRuns,
  page: readonly FoundRun[],
): Promise<Candidate[]> {
  const ids = page.map(({ id }) => id);
  const { runs } = await ports.tracked.runs.list({ projectId, ids, limit: PAGE });
  const series = kind || query.ofMetrics ? await ports.tracked.series.list(ids) : [];
  const props = query.ofExperiment ? await runProps(ports, runs) : undefined;
  const byRun = grouped(series, ({ runId }) => runId);
  return runs.map((run) => ({
    run,
    series: byRun.get(run.id) ?? [],
    experiment: props?.get(run.id)?.experiment.name ?? null,
  }));
}

/** The series of a candidate that match; undefined when it does not. */
function seriesOf({ query, kind }: SearchedRuns, candidate: Candidate): readonly TrackedSeries[] | undefined {
  const { series } = candidate;
  const matches = query.candidate(factsOf(candidate, query));
  if (!kind) return matches() ? [] : undefined;
  const own = series.filter((one) => one.kind === kind);
  const found = query.ofSeries
    ? own.filter((one) => matches(seriesFacts(one)))
    : own.length > 0 && matches()
      ? own
      : [];
  return found.length > 0 ? found : undefined;
}

function factsOf({ run, series, experiment }: Candidate, { ofMetrics }: PreparedQuery): RunFacts {
  return {
    hash: run.extId,
    name: run.name,
    description: run.description,
    experiment,
    tags: run.tags,
    createdAt: epochSeconds(run.startedAt),
    endedAt: endSeconds(run),
    active: isActive(run),
    archived: run.archived,
    params: runParams(run, { skipSystem: false }),
    metrics: ofMetrics ? series.filter(({ kind }) => kind === 'number').map(seriesFacts) : [],
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
