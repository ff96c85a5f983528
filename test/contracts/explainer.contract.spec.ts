import { describe } from 'vitest';

import { registry, type GlobalExplainer } from '#components';

import { explainerChecks } from './explainer.checks.js';
import { runChecks } from './waivers.js';

const explainers = registry.all.filter(
  (component): component is GlobalExplainer => component.kind === 'global-explainer',
);

describe.each(explainers.map((explainer) => [explainer.name, explainer] as const))('%s', (_, explainer) =>
  runChecks(explainer, explainerChecks),
);
