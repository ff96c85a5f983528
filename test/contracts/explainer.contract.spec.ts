import { describe } from 'vitest';

import { registry, type GlobalExplainer, type LocalExplainer } from '#components';

import { explainerChecks, importanceChecks } from './explainer.checks.js';
import { localExplainerChecks } from './local-explainer.checks.js';
import { runChecks } from './waivers.js';

const globals = registry.all.filter((component): component is GlobalExplainer => component.kind === 'global-explainer');
const locals = registry.all.filter((component): component is LocalExplainer => component.kind === 'local-explainer');

describe.each(globals.map((explainer) => [explainer.name, explainer] as const))('%s', (_, explainer) =>
  runChecks(explainer, 'scoring' in explainer.params ? [...explainerChecks, ...importanceChecks] : explainerChecks),
);

describe.each(locals.map((explainer) => [explainer.name, explainer] as const))('%s', (_, explainer) =>
  runChecks(explainer, localExplainerChecks),
);
