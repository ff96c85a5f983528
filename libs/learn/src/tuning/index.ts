export { type FinishedTrial, parameterImportance } from './importance.js';
export { type Curve, medianPrunes } from './median-pruner.js';
export type { Choice, Dimension, SearchSpace } from './space.js';
export {
  type KnownTrial,
  type SamplerName,
  type Study,
  type StudyOptions,
  type Trial,
  createStudy,
  samplerNames,
} from './study.js';
