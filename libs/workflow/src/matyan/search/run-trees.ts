import type { MatyanProps } from '#contract';
import type { StreamTree, Tree } from '#matyan';
import type { TrackedSeries } from '#tracking';

import { runParams } from '../run-params.js';
import type { RunMatch } from './matching-runs.js';
import { float, storedTree } from './stored-tree.js';

/** Properties of a run; times are floats. */
export const propsTree = ({ creation_time: created, end_time: ended, ...props }: MatyanProps): Tree => ({
  ...(storedTree(props) as Readonly<Record<string, Tree>>),
  creation_time: float(created),
  end_time: float(ended),
});

/** Parameters of a run, without the machine's when they are not asked for. */
export const paramsTree = ({ run }: RunMatch, skipSystem: boolean): Tree => storedTree(runParams(run, { skipSystem }));

/** A numeric series by its statistics. */
const overview = ({ name, context, lastValue, lastX, firstValue, min, max }: TrackedSeries): Tree => ({
  name,
  context: storedTree(context),
  values: { last: float(lastValue), last_step: lastX, first: float(firstValue), min: float(min), max: float(max) },
});

/** A run as a search of runs answers it. */
export function runTree(
  match: RunMatch,
  given: { readonly skipSystem: boolean; readonly params: boolean; readonly traces: boolean },
): StreamTree {
  return {
    params: given.params ? paramsTree(match, given.skipSystem) : {},
    traces: { metric: given.traces ? match.series.map(overview) : [] },
    props: propsTree(match.props),
  };
}

/** A run that is still written to. */
export function activeTree({ series, props }: RunMatch): StreamTree {
  const metric = series.map(({ name, context, lastValue, lastX }) => ({
    name,
    context: storedTree(context),
    values: { last: float(lastValue), last_step: lastX },
  }));
  return { traces: { metric }, props: propsTree(props) };
}
