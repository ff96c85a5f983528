import type { SessionPlan } from '#contract';
import type { ModelSessionEntity } from '#persistence';

import type { Catalogue } from '../component/catalogue.js';
import { normaliseSplits } from './normalise-splits.js';

/** What a session asks of every run, as tasks take it. */
export function sessionPlan(session: ModelSessionEntity, catalogue: Catalogue): SessionPlan {
  return {
    task: session.task_name,
    inputColumns: session.input_columns,
    outputColumns: session.output_columns,
    metrics: { train: session.train_metrics, validation: session.validation_metrics, test: session.test_metrics },
    evaluationStrategy: session.evaluation_strategy,
    splits: normaliseSplits(session.splits, (name) => catalogue.get(name, 'Splitter')),
  };
}
