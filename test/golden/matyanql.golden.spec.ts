import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { prepareQuery, type RunFacts, type SeriesFacts } from '#matyan';

type Entry = readonly [expression: string, repr: string | null, truthOrError: boolean | string];
const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'matyanql.json'), 'utf8')) as {
  readonly run: Omit<RunFacts, 'metrics'>;
  readonly metrics: readonly SeriesFacts[];
  readonly expressions: readonly Entry[];
  readonly generated: readonly Entry[];
};
const run: RunFacts = { ...golden.run, metrics: golden.metrics };
const matches = (text: string): boolean =>
  prepareQuery(text, { sequence: 'metric', offset: 0, now: 0 }).candidate(run)(golden.metrics[0]);

/** Python's `repr` is asked for in the language itself, so that kinds and formats are compared and not only truth. */
function differs([expression, repr, truth]: Entry): string | undefined {
  if (repr === null) return matches(`(${expression},)`) ? `${expression}: Python raises ${String(truth)}` : undefined;
  if (matches(expression) !== truth) return `${expression}: Python says ${repr}`;
  if (/datetime|\{.*,.*\}$/.test(repr)) return undefined;
  return matches(`repr((${expression})) == ${JSON.stringify(repr)}`)
    ? undefined
    : `${expression}: not the same as ${repr}`;
}

describe('the query language beside Python', () => {
  it('answers what Python answers, and fails where it raises', () => {
    expect(golden.expressions.map(differs).filter(Boolean)).toEqual([]);
    expect(golden.expressions.length).toBeGreaterThan(250);
  });

  it('counts, rounds and writes numbers and texts as Python does', () => {
    expect(golden.generated.map(differs).filter(Boolean)).toEqual([]);
    expect(golden.generated.length).toBeGreaterThan(600);
  });
});
