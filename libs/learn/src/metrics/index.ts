export { accuracy, balancedAccuracy, cohenKappa, f1, hammingDistance, logLoss } from './classification.js';
export { matthewsCorrCoef, precision, recall } from './classification.js';
export { confusionMatrix, predictedClasses } from './confusion.js';
export { mape, smape } from './forecasting.js';
export {
  explainedVariance,
  meanAbsoluteError,
  meanSquaredError,
  medianAbsoluteError,
  r2,
  rootMeanSquaredError,
} from './regression.js';
export { type CalibrationCurve, calibrationCurve } from './calibration.js';
export { type PrecisionRecallCurve, precisionRecallCurve } from './precision-recall.js';
export { type RocCurve, rocAuc, rocCurve } from './roc.js';
