import { describe, expect, it } from 'vitest';

import { NumericError } from '#linalg';

import { type SearchSpace, createStudy, parameterImportance, samplerNames } from './index.js';

const space: SearchSpace = {
  rate: { kind: 'float', low: 1e-3, high: 10, log: true },
  share: { kind: 'float', low: -1, high: 1 },
  depth: { kind: 'int', low: 1, high: 9 },
  width: { kind: 'int', low: 1, high: 300, log: true },
  kind: { kind: 'categorical', choices: ['a', null, true, 4] },
  fixed: { kind: 'float', low: 2, high: 2 },
};
const loss = (params: Readonly<Record<string, unknown>>): number =>
  Math.abs(Math.log(params['rate'] as number)) +
  Math.abs(params['share'] as number) +
  (params['depth'] as number) +
  (params['kind'] === null ? 0 : 1);

/** Batches of four, told in the given order of their places. */
function run(sampler: (typeof samplerNames)[number], seed: number, order: readonly number[], batches = 8) {
  const study = createStudy({ space, direction: 'minimize', seed, sampler });
  for (let batch = 0; batch < batches; batch++) {
    const trials = [0, 1, 2, 3].map(() => study.ask());
    for (const place of order)
      study.tell(trials[place]!.number, batch === 1 && place === 2 ? null : loss(trials[place]!.params));
  }
  return study;
}

describe.each(samplerNames)('%s', (sampler) => {
  const study = run(sampler, 3, [0, 1, 2, 3]);

  it('stays in the space', () => {
    for (const { params } of study.trials) {
      const { rate, share, depth, width, kind, fixed } = params as Record<string, number>;
      expect(rate! >= 1e-3 && rate! <= 10 && share! >= -1 && share! <= 1).toBe(true);
      expect(
        Number.isInteger(depth) &&
          depth! >= 1 &&
          depth! <= 9 &&
          Number.isInteger(width) &&
          width! >= 1 &&
          width! <= 300,
      ).toBe(true);
      expect(['a', null, true, 4]).toContain(kind);
      expect(fixed).toBe(2);
    }
  });
  it('gives equal trials for equal seeds whatever the order of the answers, and others for other seeds', () => {
    expect(run(sampler, 3, [2, 0, 3, 1]).trials).toEqual(study.trials);
    expect(run(sampler, 4, [0, 1, 2, 3]).trials).not.toEqual(study.trials);
  });
  it('goes on from known trials as if it had asked them itself', () => {
    // Generations of 50: the ends of two are in the part that is known.
    const whole = run(sampler, 3, [0, 1, 2, 3], 30).trials;
    for (const from of [4, 60, 108]) {
      const known = whole.slice(0, from).map(({ params, value }, n) => ({ params, value: value!, after: n - (n % 4) }));
      const study = createStudy({ space, direction: 'minimize', seed: 3, sampler, known });
      expect([0, 1, 2, 3].map(() => study.ask())).toEqual(
        whole.slice(from, from + 4).map((trial) => ({ ...trial, value: undefined })),
      );
    }
  });
  it('does not repeat itself within a batch', () => {
    const last = study.trials.slice(-4).map(({ params }) => JSON.stringify(params));
    expect(new Set(last).size).toBe(4);
  });
});

describe('study', () => {
  it('knows the best trial in both directions, failures left out', () => {
    for (const [direction, best] of [
      ['minimize', 1],
      ['maximize', 2],
    ] as const) {
      const study = createStudy({ space, direction, seed: 1, sampler: 'random' });
      expect(study.best).toBeUndefined();
      [3, 1, 8, Number.NaN, null].forEach((value) => study.tell(study.ask().number, value));
      expect(study.best!.number).toBe(best);
      expect(study.trials.map(({ value }) => value)).toEqual([3, 1, 8, null, null]);
    }
  });
  it('goes towards good values when maximising, too', () => {
    const study = createStudy({
      space: { x: { kind: 'float', low: 0, high: 1 } },
      direction: 'maximize',
      seed: 1,
      sampler: 'tpe',
    });
    for (let i = 0; i < 40; i++) {
      const { number, params } = study.ask();
      study.tell(number, -(((params['x'] as number) - 0.8) ** 2));
    }
    const late = study.trials.slice(20).map(({ params }) => params['x'] as number);
    expect(late.filter((x) => Math.abs(x - 0.8) < 0.2).length).toBeGreaterThan(14);
  });
  it('refuses trials it did not ask, or that are told', () => {
    const study = createStudy({ space, direction: 'minimize', seed: 1, sampler: 'random' });
    expect(() => study.tell(0, 1)).toThrow(NumericError);
    study.tell(study.ask().number, 1);
    expect(() => study.tell(0, 1)).toThrow(/bad-parameter/);
  });
  it('refuses known trials of another space', () => {
    const x: SearchSpace = { x: { kind: 'categorical', choices: ['a'] } };
    const known = [{ params: { x: 'b' }, value: 1, after: 0 }];
    expect(() => createStudy({ space: x, direction: 'minimize', seed: 1, sampler: 'random', known })).toThrow(
      /bad-parameter/,
    );
  });
  it.each([
    { x: { kind: 'float', low: 1, high: 0 } },
    { x: { kind: 'float', low: 0, high: 1, log: true } },
    { x: { kind: 'int', low: 0.5, high: 1 } },
    { x: { kind: 'categorical', choices: [] } },
  ] satisfies SearchSpace[])('refuses the space %j', (bad) => {
    expect(() => createStudy({ space: bad, direction: 'minimize', seed: 1, sampler: 'random' })).toThrow(
      /bad-parameter/,
    );
  });
});

describe('parameterImportance', () => {
  it('finds the parameter that matters; shares are equal where nothing can be told', () => {
    const study = run('random', 1, [0, 1, 2, 3], 30);
    const trials = study.trials.flatMap(({ params }) => [{ params, value: (params['share'] as number) ** 2 }]);
    const shares = parameterImportance(space, trials, 'minimize');
    expect(shares['share']!).toBeGreaterThan(0.5);
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(Object.values(parameterImportance(space, [], 'minimize'))).toEqual(new Array(6).fill(1 / 6));
  });
});
