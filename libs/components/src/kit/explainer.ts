import type { Fields, ParamsOf, StorySentence, Words } from '#contract';
import type { FitContext, Matrix } from '#linalg';

import type { ComponentBase } from './component.js';
import type { ArtifactDraft } from './explorer.js';
import type { Frame } from '#frame';

interface Fitted {
  readonly inputs: readonly string[];
  /** Name of the column that is answered. */
  readonly output: string;
}
/** A fitted run seen from outside: its inputs by name and one function from rows to answers. */
export type FittedModel = Fitted &
  (
    | { readonly answers: 'classes'; readonly classes: readonly string[]; predict(frame: Frame): Matrix }
    | { readonly answers: 'numbers'; predict(frame: Frame): Float64Array }
  );

/** Rows of one part with their truth: encoded classes or numbers. */
export interface ExplainedRows {
  readonly frame: Frame;
  readonly truth: Int32Array | Float64Array;
}

/** `input` shows what was explained, which clients draw apart; `sentences` say in words what is seen. */
export type ExplanationDraft = ArtifactDraft & {
  readonly role?: 'input';
  readonly sentences?: readonly StorySentence[];
};
/** Drafts under titles; a group's sentences speak of all of it. */
export interface GroupedDraft {
  readonly type: 'grouped';
  readonly title: Words | null;
  readonly groups: readonly {
    readonly title: Words;
    readonly artifacts: readonly ExplanationDraft[];
    readonly sentences?: readonly StorySentence[];
  }[];
}

/** What an explainer answers: the raw explanation, which is JSON, and what is drawn of it. */
export interface Explained {
  readonly explanation: Readonly<Record<string, unknown>>;
  readonly artifacts: readonly (ExplanationDraft | GroupedDraft)[];
}

/** Explains a whole model; `explanation` is the raw answer of `GET /explainer/global/{id}`. */
export interface GlobalExplainer<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'global-explainer';
  readonly tasks: readonly string[];
  explain(model: FittedModel, test: ExplainedRows, params: ParamsOf<P>, context: FitContext): Explained;
}

/**
 * Explains single answers: why the model answers these rows as it does, seen against the rows it learnt from. Artifacts are one
 * grouped draft with a group per row; parameters that only choose from the background are called `fit_parameter_…`.
 */
export interface LocalExplainer<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'local-explainer';
  readonly tasks: readonly string[];
  explain(
    model: FittedModel,
    background: Frame,
    rows: Frame,
    params: ParamsOf<P>,
    context: FitContext,
  ): Explained & { readonly artifacts: readonly [GroupedDraft] };
}

/** Declares a global explainer. */
export function defineGlobalExplainer<const P extends Fields>(
  definition: Omit<GlobalExplainer<P>, 'kind'>,
): GlobalExplainer {
  return { kind: 'global-explainer', ...definition } as unknown as GlobalExplainer;
}

/** Declares a local explainer. */
export function defineLocalExplainer<const P extends Fields>(
  definition: Omit<LocalExplainer<P>, 'kind'>,
): LocalExplainer {
  return { kind: 'local-explainer', ...definition } as unknown as LocalExplainer;
}
