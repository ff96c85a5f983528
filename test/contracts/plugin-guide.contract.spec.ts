import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { type Component, pluginKit } from '#components';
import * as contract from '#contract';
import * as frame from '#frame';
import * as learn from '#learn';
import * as linalg from '#linalg';
import * as plots from '#plots';

import { componentChecks } from './component.checks.js';
import { metricChecks } from './metric.checks.js';
import { runChecks } from './waivers.js';

const folder = join(import.meta.dirname, '..', '..', 'examples', 'millrace-plugin-max-error');
const guide = readFileSync('docs/guides/write-a-plugin.md', 'utf8');
interface PluginModule {
  readonly components: (toolbox: object) => readonly Component[];
}
const { components } = (await import(join(folder, 'components.mjs'))) as PluginModule;

/** What the guide shows is what lies in `examples`, and is held to what every component of its kind is held to. */
describe('docs/guides/write-a-plugin.md', () => {
  it.each(['package.json', 'components.mjs'])('shows the %s of the example', (file) => {
    expect(guide).toContain(readFileSync(join(folder, file), 'utf8'));
  });

  for (const component of components({ kit: pluginKit, contract, frame, learn, linalg, plots })) {
    describe(component.name, () => {
      if (component.kind !== 'regression-metric') throw new Error('the example brings a metric of regressions');
      runChecks(component, [...componentChecks, ...metricChecks]);
    });
  }
});
