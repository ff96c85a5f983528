import type { Fields, MetricPoint, ParamsOf, SplitName } from '#contract';
import type { Matrix } from '#linalg';

import type { ComponentBase } from './component.js';
import type { ArtifactDraft } from './explorer.js';

/** What a run answered for the rows of one part, beside the truth; rows are many, figures are not. */
export type Outcome =
  | {
      readonly answers: 'classes';
      /** Also those that only the truth has; a model that never saw them gives them probability 0. */
      readonly classes: readonly string[];
      readonly truth: Int32Array;
      readonly probabilities: Matrix;
    }
  | {
      readonly answers: 'numbers';
      readonly output: string;
      readonly truth: Float64Array;
      readonly predicted: Float64Array;
    };

/** One part of a run's rows, with the scores that were taken of it while the run trained. */
export interface ReportedPart {
  readonly part: SplitName;
  readonly outcome: Outcome;
  readonly history: readonly MetricPoint[];
}

/** Sets a run's answers beside the truth, part by part. It never looks at inputs; what one number says, a metric says. */
export interface Report<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'report';
  readonly tasks: readonly string[];
  /** Whether it draws probabilities, and not only which class was answered. */
  readonly probabilities?: true;
  /** Figures and tables of one part; none where it has nothing to show. */
  compute(part: ReportedPart, params: ParamsOf<P>): readonly ArtifactDraft[];
}

/** Declares a report. */
export function defineReport<const P extends Fields>(definition: Omit<Report<P>, 'kind'>): Report {
  return { kind: 'report', ...definition } as unknown as Report;
}
