import type { Fields, ParamsOf } from '#contract';
import type { FitContext, Matrix } from '#linalg';

import type { ComponentBase } from './component.js';
import type { ArtifactDraft } from './explorer.js';
import type { Frame } from '#frame';

/** A fitted run seen from outside: its inputs by name and one function from rows to answers. */
export type FittedModel =
  | {
      readonly answers: 'classes';
      readonly inputs: readonly string[];
      readonly classes: readonly string[];
      predict(frame: Frame): Matrix;
    }
  | { readonly answers: 'numbers'; readonly inputs: readonly string[]; predict(frame: Frame): Float64Array };

/** Rows of one part with their truth: encoded classes or numbers. */
export interface ExplainedRows {
  readonly frame: Frame;
  readonly truth: Int32Array | Float64Array;
}

/** Explains a whole model; `explanation` is the raw answer of `GET /explainer/global/{id}`. */
export interface GlobalExplainer<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'global-explainer';
  readonly tasks: readonly string[];
  explain(
    model: FittedModel,
    test: ExplainedRows,
    params: ParamsOf<P>,
    context: FitContext,
  ): { readonly explanation: Readonly<Record<string, unknown>>; readonly artifacts: readonly ArtifactDraft[] };
}

/** Declares a global explainer. */
export function defineGlobalExplainer<const P extends Fields>(
  definition: Omit<GlobalExplainer<P>, 'kind'>,
): GlobalExplainer {
  return { kind: 'global-explainer', ...definition } as unknown as GlobalExplainer;
}
