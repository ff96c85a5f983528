export { type LeastSquaresOptions, leastSquares } from './least-squares.js';
export { type LinearFit, predictLinear } from './linear-fit.js';
export { type LogisticFit, type LogisticOptions, fitLogistic, logisticPenalties } from './logistic.js';
export { predictLogistic } from './predict-logistic.js';
export { balancedWeights } from './weights.js';
