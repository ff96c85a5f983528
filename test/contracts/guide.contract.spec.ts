import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { registry, type Component } from '#components';

import { componentChecks } from './component.checks.js';
import { converterChecks } from './converter.checks.js';
import { explorerChecks } from './explorer.checks.js';
import { unitScaler } from './guide-converter.js';
import { missingValuesExplorer } from './guide-explorer.js';
import { maxError } from './guide-metric.js';
import { softCentroid } from './guide-model.js';
import { metricChecks } from './metric.checks.js';
import { classifierChecks, modelChecks } from './model.checks.js';
import { type Check, runChecks } from './waivers.js';

const guide = readFileSync('docs/guides/write-a-component.md', 'utf8');

/** What the guide shows, held to what every component of its kind is held to. */
function sample<C extends Component>(file: string, component: C, checks: readonly Check<C>[]): void {
  describe(`${file} of docs/guides/write-a-component.md`, () => {
    it('is the one tested here', () => {
      const tested = readFileSync(`test/contracts/${file}`, 'utf8');
      expect(guide).toContain(tested.replaceAll('../../libs/components/src/kit/', '../kit/'));
    });

    it('is in no catalogue: who follows the guide must not write over a component', () => {
      expect(registry.all.map(({ name }) => name)).not.toContain(component.name);
    });

    runChecks(component, [...componentChecks, ...checks]);
  });
}

sample('guide-model.ts', softCentroid, [...modelChecks, ...classifierChecks]);
sample('guide-metric.ts', maxError, metricChecks);
sample('guide-converter.ts', unitScaler, converterChecks);
sample('guide-explorer.ts', missingValuesExplorer, explorerChecks);
