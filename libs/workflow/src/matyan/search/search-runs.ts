import type { Caller, FileAnswer } from '#contract';
import type { RunOrder } from '#tracking';

import type { Ports } from '../../ports.js';
import { matyanProject } from '../matyan-project.js';
import { binaryAnswer } from './binary-answer.js';
import { matchingRuns } from './matching-runs.js';
import { readQuery } from './read-query.js';
import { activeTree, runTree } from './run-trees.js';
import { searchTrees } from './search-trees.js';

/** Who asks, where their clock stands, and whether they are still there. */
export interface SearchCall {
  readonly caller: Caller;
  readonly timezoneOffset: number;
  readonly signal: AbortSignal;
}

/** What is asked of a search of runs. */
export interface RunsSearched {
  readonly query: string;
  readonly limit: number;
  /** The hash of the last run of the page before. */
  readonly after: string;
  readonly order: readonly RunOrder[];
  readonly skipSystem: boolean;
  readonly params: boolean;
  readonly traces: boolean;
  readonly progress: boolean;
}

/** Runs a query is true of, with the statistics of their metrics. @throws AppError `query-invalid`, `query-too-costly`. */
export async function searchMatyanRuns(ports: Ports, call: SearchCall, given: RunsSearched): Promise<FileAnswer> {
  const query = readQuery(given.query, call.timezoneOffset);
  const projectId = await matyanProject(ports, call.caller);
  const { order, after, traces: withSeries } = given;
  const steps = matchingRuns(ports, { projectId, query, order, after, withSeries }, call.signal);
  return binaryAnswer(searchTrees(steps, given, (match) => runTree(match, given)));
}

/** Runs whose clients still write, archived ones too. */
export async function activeMatyanRuns(
  ports: Ports,
  call: SearchCall,
  given: { readonly progress: boolean },
): Promise<FileAnswer> {
  const query = readQuery('run.active and (run.archived or True)', 0);
  const projectId = await matyanProject(ports, call.caller);
  const steps = matchingRuns(ports, { projectId, query, withSeries: true }, call.signal);
  return binaryAnswer(searchTrees(steps, given, activeTree));
}
