import { describe, expect, it } from 'vitest';

import { type Component, manifestOf, registry } from '#components';
import { SEMANTIC_TYPES } from '#contract';

const tasks = registry.all.filter(
  (component): component is Extract<Component, { kind: 'task' }> => component.kind === 'task',
);
const serving = (task: string, type: string): string[] =>
  registry.all
    .map(manifestOf)
    .filter((manifest) => manifest.type === type && manifest.compatible.includes(task))
    .map(({ name }) => name);

describe.each(tasks.map((task) => [task.name, task] as const))('%s', (name, task) => {
  it('takes known types and says how many columns', () => {
    for (const { types, cardinality } of [task.inputs, task.outputs]) {
      expect(types.length).toBeGreaterThan(0);
      for (const type of types) expect(SEMANTIC_TYPES).toContain(type);
      expect(cardinality === 'n' || cardinality > 0).toBe(true);
    }
  });

  it('has everything a session needs', () => {
    for (const type of ['Model', 'Metric', 'Optimizer', 'Splitter', 'EvaluationStrategy', 'DataLoader'])
      expect(serving(name, type), type).not.toEqual([]);
  });
});

describe('CSVDataLoader', () => {
  const csv = registry.find('CSVDataLoader', 'loader');
  const defaults = Object.fromEntries(Object.entries(csv.params).map(([name, field]) => [name, field.default]));

  it('plans with its defaults as pandas would read', () => {
    expect(csv.plan(defaults)).toMatchObject({
      separator: ',',
      header: 'infer',
      names: null,
      skiprows: null,
      nrows: null,
      keep_default_na: true,
    });
  });

  it('turns comma lists into words', () => {
    expect(csv.plan({ ...defaults, names: 'a, b', na_values: 'x' })).toMatchObject({
      names: ['a', 'b'],
      na_values: ['x'],
    });
  });

  it('names a parameter that cannot be planned', () => {
    expect(() => csv.plan({ ...defaults, header: 'some words' })).toThrow('parameters-invalid {"parameter":"header"');
  });
});
