export { type Matrix, column, fromRows, matrix, takeRows } from './matrix.js';
export { NumericError, type NumericErrorCode, numericErrorCodes } from './numeric-error.js';
export { type Random, deriveSeed, random } from './random.js';
export {
  Cancelled,
  type FitContext,
  type Kernels,
  type Parallel,
  type Team,
  type TeamWork,
  type Tick,
  serial,
  type Shown,
} from './context.js';
export { milestones } from './milestones.js';
export { argsort } from './sorting.js';
export { requireCells, requireFinite, requireFiniteVector } from './check.js';
export { cholesky, choleskySolve, solveSpd } from './cholesky.js';
export { type DistanceMetric, type DistanceScan, distanceMetrics, scanDistances } from './distances.js';
export { type Eigen, symmetricEigen } from './eigen.js';
export { erf, erfc } from './erf.js';
export { logGamma } from './gamma.js';
export { type GramOptions, columnMeans, crossProducts, gram, timesVector, transposeTimesVector } from './gram.js';
export { type Objective, type SearchOptions, type SearchResult, minimise } from './lbfgs.js';
export { nonNegative } from './nnls.js';
export { normalCdf, normalLogCdf, normalQuantile } from './normal.js';
export { minimiseL1 } from './owlqn.js';
export { type Qr, qr, upperFactor } from './qr.js';
export { incompleteBeta, studentTCdf } from './student-t.js';
export { type Svd, thinSvd } from './svd.js';
export { type HistogramKernels, histogramKernels, KernelMemoryPlan, treeKernels } from './kernel-memory.js';
export { logisticKernels } from './logistic-kernels.js';
export { perceptronKernels } from './perceptron-kernels.js';
export { blockStride, fillBlock } from './row-block.js';
