import { describe } from 'vitest';

import { registry, type GlobalExplainer, type LocalExplainer } from '#components';

import { explainerChecks, importanceChecks } from './explainer.checks.js';
import {
  contrastChecks,
  counterfactualChecks,
  localExplainerChecks,
  shapleyChecks,
  wishChecks,
} from './local-explainer.checks.js';
import { runChecks } from './waivers.js';

const globals = registry.all.filter((component): component is GlobalExplainer => component.kind === 'global-explainer');
const locals = registry.all.filter((component): component is LocalExplainer => component.kind === 'local-explainer');

describe.each(globals.map((explainer) => [explainer.name, explainer] as const))('%s', (_, explainer) =>
  runChecks(explainer, 'scoring' in explainer.params ? [...explainerChecks, ...importanceChecks] : explainerChecks),
);

describe.each(locals.map((explainer) => [explainer.name, explainer] as const))('%s', (_, explainer) =>
  runChecks(explainer, [...localExplainerChecks, ...checksOf(explainer)]),
);

/** What a local explainer shows is told by what can be asked of it. */
function checksOf({ params }: LocalExplainer) {
  if ('desired_class' in params) return [...counterfactualChecks, ...wishChecks];
  if ('n_counterfactuals' in params) return counterfactualChecks;
  return 'foil_class' in params ? contrastChecks : shapleyChecks;
}
