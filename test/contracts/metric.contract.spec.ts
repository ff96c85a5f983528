import { describe } from 'vitest';

import { type Metric, registry } from '#components';

import { metricChecks } from './metric.checks.js';
import { runChecks } from './waivers.js';

const metrics = registry.all.filter(
  (component): component is Metric =>
    component.kind === 'classification-metric' || component.kind === 'regression-metric',
);

describe.each(metrics.map((metric) => [metric.name, metric] as const))('%s', (_, metric) =>
  runChecks(metric, metricChecks),
);
