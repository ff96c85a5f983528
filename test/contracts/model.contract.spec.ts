import { describe } from 'vitest';

import { type Model, registry } from '#components';

import { classifierChecks, modelChecks } from './model.checks.js';
import { type Check, runChecks } from './waivers.js';

const models = registry.all.filter(
  (component): component is Model => component.kind === 'classifier' || component.kind === 'regressor',
);

describe.each(models.map((model) => [model.name, model] as const))('%s', (_, model) =>
  runChecks(
    model,
    model.kind === 'classifier' ? [...modelChecks, ...(classifierChecks as readonly Check<Model>[])] : modelChecks,
  ),
);
