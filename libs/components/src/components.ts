import { converters } from './converters/index.js';
import { credentials } from './credentials/index.js';
import { datasetSources } from './dataset-sources/index.js';
import { explainers } from './explainers/index.js';
import { explorers } from './explorers/index.js';
import { generativeModels } from './generative-models/index.js';
import { type Component, createRegistry, type Registry } from './kit/registry.js';
import { loaders } from './loaders/index.js';
import { metrics } from './metrics/index.js';
import { models } from './models/index.js';
import { optimizers } from './optimizers/index.js';
import { reports } from './reports/index.js';
import { splitters } from './splitters/index.js';
import { statisticalTests } from './statistical-tests/index.js';
import { strategies } from './strategies/index.js';
import { tasks } from './tasks/index.js';

/** Every component Millrace comes with, and those of plugins once they are loaded. */
const growing = createRegistry([
  ...tasks,
  ...models,
  ...generativeModels,
  ...metrics,
  ...loaders,
  ...datasetSources,
  ...credentials,
  ...converters,
  ...explorers,
  ...explainers,
  ...reports,
  ...statisticalTests,
  ...optimizers,
  ...splitters,
  ...strategies,
]);

/** Components by name: those Millrace comes with and, in a child that loaded plugins, theirs. */
export const registry: Registry = growing;

/** Makes the components of plugins known beside ours; names that are taken are left out and answered. */
export const extendRegistry = (components: readonly Component[]): readonly string[] => growing.extend(components);
