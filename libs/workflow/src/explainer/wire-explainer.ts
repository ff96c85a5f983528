import type { WireGlobalExplainer } from '#contract';
import { STATUS } from '#contract';
import type { GlobalExplainerEntity } from '#persistence';

import { wireDate } from '../rows.js';

/** A global explainer as the wire has it; results have routes of their own. */
export function wireGlobalExplainer(row: GlobalExplainerEntity): WireGlobalExplainer {
  const { id, name, run_id, huey_id, explainer_name, plot_overrides, parameters, created, status } = row;
  const path = status === STATUS.finished ? `global-explainer-${id}` : null;
  return {
    id,
    name,
    run_id,
    huey_id,
    explainer_name,
    explanation_path: path,
    plot_path: path,
    plot_overrides,
    parameters,
    created: wireDate(created),
    status,
  };
}
