import { describe } from 'vitest';

import { registry, type Explorer } from '#components';

import { explorerChecks } from './explorer.checks.js';
import { runChecks } from './waivers.js';

const explorers = registry.all.filter((component): component is Explorer => component.kind === 'explorer');

describe.each(explorers.map((explorer) => [explorer.name, explorer] as const))('%s', (_, explorer) =>
  runChecks(explorer, explorerChecks),
);
