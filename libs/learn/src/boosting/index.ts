export type { BoostedTrees } from './boosted-trees.js';
export {
  type BoostingClassifierParams,
  type BoostingParams,
  fitBoostingClassifier,
  fitBoostingRegressor,
  predictBoostingClassifier,
  predictBoostingRegressor,
} from './boosting.js';
