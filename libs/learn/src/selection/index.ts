export { kFolds, stratifiedFolds } from './folds.js';
export { groupFolds, stratifiedGroupFolds } from './group-folds.js';
export { type PermutedColumn, permutationImportance } from './permutation-importance.js';
export { holdoutSplit, shuffledRows, stratifiedSplit } from './splits.js';
