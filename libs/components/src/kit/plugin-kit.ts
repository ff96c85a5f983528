import { defineConverter, defineRowConverter } from './converter.js';
import { defineGlobalExplainer, defineLocalExplainer } from './explainer.js';
import { defineExplorer } from './explorer.js';
import { defineLoader } from './loader.js';
import { defineClassificationMetric, defineRegressionMetric } from './metric.js';
import { defineClassifier, defineRegressor } from './model.js';
import { defineOptimizer } from './optimizer.js';
import { seeded } from './seed.js';
import { defineSplitter } from './splitter.js';
import { defineStrategy } from './strategy.js';
import { defineTask } from './task.js';
import { namedTexts, textsOf } from './texts.js';

/** What components are declared with, for plugins, which cannot import it. */
export const pluginKit = {
  defineClassificationMetric,
  defineClassifier,
  defineConverter,
  defineExplorer,
  defineGlobalExplainer,
  defineLoader,
  defineLocalExplainer,
  defineOptimizer,
  defineRegressionMetric,
  defineRegressor,
  defineRowConverter,
  defineSplitter,
  defineStrategy,
  defineTask,
  namedTexts,
  seeded,
  textsOf,
} as const;
