import { describe, expect, it } from 'vitest';

import { component, float, int, parseParameters, resolveParameters } from '#contract';

describe('a parameter that is a component', () => {
  const fields = { base: component({ parent: 'Model', default: { component: 'DecisionTree', params: {} } }) };
  const chosen = { component: 'Forest', params: { n_estimators: 7 } };

  it.each([
    ['the short form', chosen],
    ['the form the client sends', { properties: { component: 'Model', params: { comp: chosen } } }],
    [
      'that with the title and type of its form',
      { title: 'x', type: 'object', properties: { params: { comp: chosen } } },
    ],
  ])('is read from %s', (_what, base) => {
    expect(parseParameters(fields, { base })).toEqual({ base: chosen });
  });

  it('is its default when nothing was sent', () => {
    expect(parseParameters(fields, {})).toEqual({ base: { component: 'DecisionTree', params: {} } });
  });

  it.each([
    ['a bare name', 'Forest'],
    ['the form without a choice', { properties: { component: 'Model', params: {} } }],
    ['the form with half a choice', { properties: { params: { comp: { component: 'Forest' } } } }],
  ])('is refused as %s', (_what, base) => {
    expect(() => parseParameters(fields, { base })).toThrow('parameters-invalid');
  });
});

describe('a parameter that may be tuned', () => {
  const fields = {
    depth: int({ default: 3, min: 1, search: { low: 1, high: 9 } }),
    rate: float({ default: 0.1, above: 0 }),
  };
  const envelope = { optimize: false, fixed_value: 5, lower_bound: 1, upper_bound: 9 };

  it.each([
    ['bare', 5],
    ['in its envelope', envelope],
  ])('is fixed, sent %s', (_what, depth) => {
    expect(parseParameters(fields, { depth })).toEqual({ depth: 5, rate: 0.1 });
  });

  it('is tuned between the bounds of its envelope where that is allowed', () => {
    const given = { depth: { ...envelope, optimize: true } };
    expect(resolveParameters(fields, given)).toEqual({
      fixed: { rate: 0.1 },
      search: { depth: { kind: 'int', low: 1, high: 9, log: false } },
    });
    expect(() => parseParameters(fields, given)).toThrow('parameters-invalid');
  });

  it('has no envelope where it may not be tuned', () => {
    expect(() => parseParameters(fields, { rate: { ...envelope, fixed_value: 0.2 } })).toThrow('parameters-invalid');
  });
});
