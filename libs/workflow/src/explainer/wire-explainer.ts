import type { WireGlobalExplainer, WireLocalExplainer } from '#contract';
import { STATUS } from '#contract';
import type { GlobalExplainerEntity, LocalExplainerEntity } from '#persistence';

import { wireDate } from '../rows.js';

const pathOf = (scope: string, { id, status }: GlobalExplainerEntity | LocalExplainerEntity): string | null =>
  status === STATUS.finished ? `${scope}-explainer-${id}` : null;

function wireCommon(row: GlobalExplainerEntity | LocalExplainerEntity) {
  const { id, name, run_id, huey_id, explainer_name, plot_overrides, parameters, created, status } = row;
  return { id, name, run_id, huey_id, explainer_name, plot_overrides, parameters, created: wireDate(created), status };
}

/** A global explainer as the wire has it; results have routes of their own. */
export function wireGlobalExplainer(row: GlobalExplainerEntity): WireGlobalExplainer {
  const path = pathOf('global', row);
  return { ...wireCommon(row), explanation_path: path, plot_path: path };
}

/** A local explainer as the wire has it. */
export function wireLocalExplainer(row: LocalExplainerEntity): WireLocalExplainer {
  const path = pathOf('local', row);
  const { dataset_id, input_dataset_path, fit_parameters, scope } = row;
  return {
    ...wireCommon(row),
    explanation_path: path,
    plots_path: path,
    dataset_id,
    input_dataset_path,
    fit_parameters,
    scope,
  };
}
