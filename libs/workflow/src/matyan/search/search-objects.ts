import type { FileAnswer, MatyanObjects } from '#contract';
import type { StreamTree, Tree } from '#matyan';
import type { SeriesKind } from '#tracking';

import type { Ports } from '../../ports.js';
import { artifactUri } from '../blob-uri.js';
import { matyanProject } from '../matyan-project.js';
import { binaryAnswer } from './binary-answer.js';
import { matchingRuns, type RunMatch } from './matching-runs.js';
import type { UriOf } from './object-values.js';
import { readQuery } from './read-query.js';
import { paramsTree, propsTree } from './run-trees.js';
import { holdsList, type ObjectRanges, sampledObjects, wholeRange } from './sampled-objects.js';
import type { SearchCall } from './search-runs.js';
import { searchTrees } from './search-trees.js';
import { float, storedTree } from './stored-tree.js';

/** The kind of series behind each sequence. */
export const OBJECT_KINDS: Readonly<Record<MatyanObjects, SeriesKind>> = {
  images: 'image',
  texts: 'text',
  distributions: 'distribution',
  audios: 'audio',
  figures: 'figure',
};

export interface ObjectsSearched extends ObjectRanges {
  readonly sequence: MatyanObjects;
  readonly query: string;
  readonly skipSystem: boolean;
  readonly progress: boolean;
}

/** Object series a query is true of. @throws AppError `query-invalid`, `query-too-costly`. */
export async function searchMatyanObjects(ports: Ports, call: SearchCall, given: ObjectsSearched): Promise<FileAnswer> {
  const query = readQuery(given.query, call.timezoneOffset, given.sequence);
  const projectId = await matyanProject(ports, call.caller);
  const uriOf = await artifactUri(ports, projectId);
  const steps = matchingRuns(ports, { projectId, query, kind: OBJECT_KINDS[given.sequence] }, call.signal);
  return binaryAnswer(searchTrees(steps, given, (match) => objectsTree(ports, match, given, uriOf, call.signal)));
}

async function objectsTree(
  ports: Ports,
  match: RunMatch,
  given: ObjectsSearched,
  uriOf: UriOf,
  signal: AbortSignal,
): Promise<StreamTree> {
  const { sequence } = given;
  const { run } = match;
  const traces: Tree[] = [];
  let width = 1;
  for (const series of match.series) {
    // Nobody reads what would come of it.
    if (signal.aborted) break;
    const sampled = await sampledObjects(ports, { run, series, sequence, uriOf }, given);
    width = Math.max(width, sampled.width);
    traces.push({
      name: series.name,
      context: storedTree(series.context),
      values: sampled.values,
      iters: sampled.steps,
      epochs: sampled.epochs,
      timestamps: sampled.times.map(float),
    });
  }
  const total = wholeRange(match.series);
  const { records, indexes } = given;
  return {
    params: paramsTree(match, given.skipSystem),
    traces,
    props: propsTree(match.props),
    ranges: {
      record_range_total: total,
      record_range_used: [records.from ?? total[0], records.to ?? total[1]],
      ...(holdsList(sequence)
        ? { index_range_total: [0, width], index_range_used: [indexes.from ?? 0, indexes.to ?? width] }
        : {}),
    },
  };
}
