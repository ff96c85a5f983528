export { freeName, namedColumn } from './kit/columns.js';
export type { ComponentBase, State, StateValue, TypedArray } from './kit/component.js';
export type { ColumnConverter, Converter, Resampled, RowConverter } from './kit/converter.js';
export type {
  ExplainedRows,
  ExplanationDraft,
  FittedModel,
  GlobalExplainer,
  GroupedDraft,
  LocalExplainer,
} from './kit/explainer.js';
export type { ArtifactDraft, Explorer } from './kit/explorer.js';
export type { GenerativeTask, Sampling, TextAnswer, TextEngine, TextModel, TextRequest } from './kit/generative.js';
export { manifestOf } from './kit/manifest.js';
export type { Metric } from './kit/metric.js';
export type { Classifier, Model, Regressor } from './kit/model.js';
export type { Optimizer, Searched, SearchSpace, Trial, TrialCurve } from './kit/optimizer.js';
export { componentPage, componentsPage } from './kit/page.js';
export { parametersFor } from './kit/parameters.js';
export type { Outcome, Report, ReportedPart } from './kit/report.js';
export type { StatisticalTest, TestedRuns, TestOptions } from './kit/statistical-test.js';
export { type Component, type ComponentKind, type ComponentOf, type Registry, createRegistry } from './kit/registry.js';
export { decodeState, encodeState } from './kit/state-codec.js';
export { type Division, divisionWithin, type Fold, rowSet, type RowSet, type Splitter } from './kit/splitter.js';
export {
  type Evaluation,
  type EvaluationStrategy,
  type PlannedSearch,
  Pruned,
  type Trainer,
  type TrialRun,
  type TrialScore,
  type TunedValues,
} from './kit/strategy.js';
export { pluginKit } from './kit/plugin-kit.js';
export { extendRegistry, registry } from './components.js';
