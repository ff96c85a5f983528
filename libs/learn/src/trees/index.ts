export {
  type TreeClassifierParams,
  type TreeRegressorParams,
  fitTreeClassifier,
  fitTreeRegressor,
} from './decision-tree.js';
export {
  type Forest,
  type ForestClassifierParams,
  type ForestParams,
  type ForestRegressorParams,
  fitForestClassifier,
  fitForestRegressor,
} from './forest.js';
export { featureImportance } from './importance.js';
export { predictTrees } from './predict-trees.js';
export {
  type ClassCriterion,
  classCriteria,
  type GrowthParams,
  type ValueCriterion,
  valueCriteria,
} from './tree-params.js';
export type { Trees } from './trees.js';
