import { describe, expect, it } from 'vitest';

import { assertRules, evaluateRules, type Expression, type Rule } from '#contract';

const field = (f: string): Expression => ({ n: 'field', f });
const lit = (v: string | number | boolean | null): Expression => ({ n: 'lit', v });
const total: Expression = { n: 'sum', of: [field('train'), field('test')] };
const message = {
  en: 'Parts sum to {total}.',
  es: 'Las partes suman {total}.',
  pt: 'As partes somam {total}.',
  de: 'Die Teile ergeben {total}.',
  zh: '各部分之和为 {total}。',
};
const sumsToOne: Rule = {
  kind: 'check',
  id: 'sum',
  expr: { n: 'approx', a: total, b: lit(1), tol: 1e-6 },
  targets: ['train', 'test'],
  message,
  bindings: { total },
};

/** `true`, `false` or `null` for pending. */
function verdict(expr: Expression, values: Record<string, unknown> = {}, context?: Record<string, unknown>) {
  const rule: Rule = { kind: 'check', id: 'it', expr, targets: ['x'], message };
  const report = evaluateRules([rule], values, context);
  return report.pending.length ? null : report.violations.length === 0;
}

describe('checks', () => {
  it('hold, fail with the bound values in every language, or stay pending', () => {
    expect(evaluateRules([sumsToOne], { train: 0.1, test: 0.9 }).violations).toEqual([]);
    expect(evaluateRules([sumsToOne], { train: 0.1, test: 0.2 }).violations[0]!.message).toMatchObject({
      en: 'Parts sum to 0.3.',
      zh: '各部分之和为 0.3。',
    });
    expect(evaluateRules([sumsToOne], { train: 0.1, test: null }).pending).toEqual(['sum']);
    expect(evaluateRules([sumsToOne], { train: 0.1, test: '0.9' }).pending).toEqual(['sum']);
  });

  it('do not run when they aim at a field that is irrelevant', () => {
    const relevance: Rule = {
      kind: 'relevance',
      field: 'test',
      when: { n: 'is_true', of: field('on') },
      effect: 'hide',
    };
    const at = (on: unknown) => evaluateRules([relevance, sumsToOne], { on, train: 5, test: 5 });
    expect(at(false)).toMatchObject({ violations: [], irrelevant: ['test'] });
    expect(at(null)).toMatchObject({ violations: [{ id: 'sum' }], irrelevant: [] });
  });

  it('that need context wait for it', () => {
    const rule: Rule = {
      ...sumsToOne,
      expr: { n: 'in', a: field('x'), b: { n: 'ctx', k: 'known' } },
      requires_ctx: true,
    };
    expect(evaluateRules([rule], { x: 'a' }).pending).toEqual(['sum']);
    expect(evaluateRules([rule], { x: 'a' }, { known: ['a'] }).violations).toEqual([]);
    expect(evaluateRules([rule], { x: 'b' }, { known: ['a'] }).violations).toHaveLength(1);
    expect(evaluateRules([rule], { x: 'b' }, {}).pending).toEqual(['sum']);
  });

  it('throw as an error of parameters', () => {
    expect(() => assertRules([sumsToOne], { train: 0.1, test: 0.2 })).toThrow(
      expect.objectContaining({
        code: 'parameters-invalid',
        values: {
          parameter: 'train',
          reason: expect.objectContaining({ en: 'Parts sum to 0.3', de: 'Die Teile ergeben 0.3' }) as object,
        },
      }),
    );
    expect(() => assertRules([sumsToOne], {})).not.toThrow();
  });
});

describe('expressions', () => {
  const x = field('x');
  const yes = lit(true);
  const no = lit(false);
  it.each<[string, Expression, Record<string, unknown>, boolean | null]>([
    ['and: a false decides', { n: 'and', of: [x, no] }, {}, false],
    ['and: pending', { n: 'and', of: [x, yes] }, {}, null],
    ['and: only booleans count', { n: 'and', of: [lit(1), yes] }, {}, null],
    ['or: a true decides', { n: 'or', of: [x, yes] }, {}, true],
    ['or: false', { n: 'or', of: [no, no] }, {}, false],
    ['not', { n: 'not', of: no }, {}, true],
    ['not of a number', { n: 'not', of: lit(0) }, {}, null],
    ['is_null is never pending', { n: 'is_null', of: x }, {}, true],
    ['is_null of a value', { n: 'is_null', of: x }, { x: 0 }, false],
    ['is_true is strict', { n: 'is_true', of: x }, { x: 1 }, false],
    ['is_false of nothing', { n: 'is_false', of: x }, {}, null],
    ['is_false', { n: 'is_false', of: x }, { x: false }, true],
    ['true is not one', { n: 'cmp', op: 'eq', a: x, b: lit(1) }, { x: true }, false],
    ['ne', { n: 'cmp', op: 'ne', a: x, b: lit('a') }, { x: 'b' }, true],
    ['lt on words', { n: 'cmp', op: 'lt', a: x, b: lit('b') }, { x: 'a' }, true],
    ['lte', { n: 'cmp', op: 'lte', a: x, b: lit(1) }, { x: 1 }, true],
    ['gt', { n: 'cmp', op: 'gt', a: x, b: lit(1) }, { x: 1 }, false],
    ['gte', { n: 'cmp', op: 'gte', a: x, b: lit(1) }, { x: 1 }, true],
    ['mixed kinds', { n: 'cmp', op: 'gte', a: x, b: lit(1) }, { x: '1' }, null],
    ['len of a list', { n: 'cmp', op: 'eq', a: { n: 'len', of: x }, b: lit(2) }, { x: [1, 2] }, true],
    ['len of a number', { n: 'cmp', op: 'eq', a: { n: 'len', of: x }, b: lit(2) }, { x: 2 }, null],
    [
      'mul and sub',
      { n: 'cmp', op: 'eq', a: { n: 'sub', a: { n: 'mul', a: x, b: x }, b: lit(1) }, b: lit(8) },
      { x: 3 },
      true,
    ],
  ])('%s', (_, expr, values, expected) => expect(verdict(expr, values)).toBe(expected));
});
