import type { WireExplorer } from '#contract';
import { STATUS } from '#contract';
import type { ExplorerEntity } from '#persistence';

import { toWire, without } from '../rows.js';

/** An explorer as the wire has it: without its results, which have a route of their own. */
export function wireExplorer(row: ExplorerEntity): WireExplorer {
  const wire = without(toWire(row), 'artifacts', 'plot_overrides');
  return { ...wire, exploration_path: row.status === STATUS.finished ? `explorer-${row.id}` : null };
}
