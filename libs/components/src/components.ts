import { converters } from './converters/index.js';
import { explainers } from './explainers/index.js';
import { explorers } from './explorers/index.js';
import { generativeModels } from './generative-models/index.js';
import { createRegistry, type Registry } from './kit/registry.js';
import { loaders } from './loaders/index.js';
import { metrics } from './metrics/index.js';
import { models } from './models/index.js';
import { optimizers } from './optimizers/index.js';
import { splitters } from './splitters/index.js';
import { strategies } from './strategies/index.js';
import { tasks } from './tasks/index.js';

/** Every component Millrace comes with. */
export const registry: Registry = createRegistry([
  ...tasks,
  ...models,
  ...generativeModels,
  ...metrics,
  ...loaders,
  ...converters,
  ...explorers,
  ...explainers,
  ...optimizers,
  ...splitters,
  ...strategies,
]);
