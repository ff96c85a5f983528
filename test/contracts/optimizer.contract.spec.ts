import { describe, expect } from 'vitest';

import { type Optimizer, parametersFor, registry, type SearchSpace, type Trial } from '#components';

import { figureViolations } from './plotly-schema.js';
import { type Check, runChecks } from './waivers.js';

const optimizers = registry.all.filter((component): component is Optimizer => component.kind === 'optimizer');

const space: SearchSpace = {
  x: { kind: 'float', low: -5, high: 5, log: false },
  n: { kind: 'int', low: 1, high: 9, log: false },
  rate: { kind: 'float', low: 1e-6, high: 1, log: true },
  from0: { kind: 'float', low: 0, high: 1, log: true },
  word: { kind: 'choice', choices: ['a', 'b', null] },
};
type Values = Trial['values'];
const bowl = ({ x, n, word }: Values): number =>
  ((x as number) - 1) ** 2 + ((n as number) - 4) ** 2 / 4 + (word === 'b' ? 0 : 2);

/** Every value of the parameters that have a few. */
function variants(optimizer: Optimizer): Record<string, unknown>[] {
  const some = Object.entries(optimizer.params).flatMap(([name, field]) =>
    field.kind === 'choice' ? field.options.map((option) => ({ [name]: option })) : [],
  );
  return [{}, ...some];
}

function search(
  optimizer: Optimizer,
  value: (values: Values) => number | null,
  { maximize = false, params = {}, seed = 1, trials = 25, within = space } = {},
): Trial[] {
  const given = parametersFor(optimizer, { n_trials: trials, ...params });
  const searched = { space: within, goal: { metric: 'M', maximize }, params: given, seed };
  const plan = optimizer.plan(given);
  const ended: Trial[] = [];
  while (ended.length < plan.trials) {
    const chosen = optimizer.suggest(searched, [...ended], Math.min(plan.batch, plan.trials - ended.length));
    ended.push(...chosen.map((values) => ({ values, value: value(values), curve: [], givenUp: false })));
  }
  return ended;
}
const lowest = (trials: readonly Trial[]): number => Math.min(...trials.map(({ value }) => value ?? Infinity));

const optimizerChecks: readonly Check<Optimizer>[] = [
  {
    name: 'never leaves the space, whatever its parameters',
    run: (optimizer) => {
      for (const params of variants(optimizer))
        for (const { values } of search(optimizer, bowl, { params })) {
          expect(Object.keys(values).sort()).toEqual(Object.keys(space).sort());
          for (const [name, dimension] of Object.entries(space)) {
            const value = values[name];
            if (dimension.kind === 'choice') expect(dimension.choices).toContain(value);
            else {
              expect(value).toBeGreaterThanOrEqual(dimension.low);
              expect(value).toBeLessThanOrEqual(dimension.high);
              if (dimension.kind === 'int') expect(Number.isInteger(value)).toBe(true);
            }
          }
        }
    },
  },
  {
    name: 'equal seeds try the same values',
    run: (optimizer) => {
      for (const params of variants(optimizer))
        expect(search(optimizer, bowl, { params })).toEqual(search(optimizer, bowl, { params }));
      expect(search(optimizer, bowl, { seed: 2 })).not.toEqual(search(optimizer, bowl));
    },
  },
  {
    name: 'chooses a part of a batch as the whole batch chooses it, whatever else it was asked before',
    run: (optimizer) => {
      for (const params of variants(optimizer)) {
        const given = parametersFor(optimizer, { n_trials: 60, batch_size: 6, ...params });
        const searched = { space, goal: { metric: 'M', maximize: false }, params: given, seed: 1 };
        const ended = search(optimizer, bowl, { trials: 54, params: { batch_size: 6, ...params } });
        const whole = optimizer.suggest(searched, ended, 6);
        for (const count of [4, 1]) expect(optimizer.suggest(searched, ended, count)).toEqual(whole.slice(0, count));
      }
    },
  },
  {
    name: 'gives up no trial that nothing is known about, and none without a pruner',
    run: (optimizer) => {
      const searched = { space, goal: { metric: 'M', maximize: false }, params: parametersFor(optimizer, {}), seed: 1 };
      expect(optimizer.givesUp?.(searched, [], [[1, 1e9]]) ?? false).toBe(false);
      const ended = search(optimizer, bowl).map((trial) => ({ ...trial, curve: [[1, 0]] as const }));
      expect(optimizer.givesUp?.(searched, ended, [[1, 1e9]]) ?? false).toBe(false);
    },
  },
  {
    name: 'to maximise is to minimise the negative',
    run: (optimizer) => {
      const up = search(optimizer, (values) => -bowl(values), { maximize: true });
      expect(up.map(({ values }) => values)).toEqual(search(optimizer, bowl).map(({ values }) => values));
    },
  },
  {
    name: 'learns from its trials: the second half finds better values than the first',
    run: (optimizer) => {
      const trials = search(optimizer, bowl, { trials: 60 });
      const mean = (part: readonly Trial[]): number => part.reduce((sum, { value }) => sum + value!, 0) / part.length;
      expect(mean(trials.slice(30))).toBeLessThan(mean(trials.slice(0, 10)));
      expect(lowest(trials)).toBeLessThan(1);
    },
  },
  {
    name: 'trials that fail do not stop it',
    run: (optimizer) => {
      for (const params of variants(optimizer)) {
        let asked = 0;
        const trials = search(optimizer, (values) => (asked++ % 2 === 0 ? null : bowl(values)), { params });
        expect(trials).toHaveLength(25);
      }
      expect(search(optimizer, () => null)).toHaveLength(25);
    },
  },
  {
    name: 'draws its figures as Plotly has them, also of failed trials',
    run: (optimizer) => {
      const goal = { metric: 'M<1>', maximize: true };
      const one: SearchSpace = { x: space['x']! };
      for (const within of [space, one])
        for (const value of [bowl, () => null, ({ x }: Values) => ((x as number) > 0 ? 1 : null)]) {
          const plots = optimizer.plots(within, goal, search(optimizer, value, { within }));
          for (const [name, plot] of Object.entries(plots)) {
            if (!plot) continue;
            expect(plot.type, name).toBe('plotly');
            expect(figureViolations(plot.payload as string), name).toEqual([]);
          }
        }
    },
  },
  {
    name: 'figures of two parameters are there when there are two, and null when there is one',
    run: (optimizer) => {
      const goal = { metric: 'M', maximize: false };
      const one: SearchSpace = { x: space['x']! };
      const many = optimizer.plots(space, goal, search(optimizer, bowl));
      expect(Object.values(many).every((plot) => plot !== null)).toBe(true);
      const square = ({ x }: Values): number => (x as number) ** 2;
      const alone = optimizer.plots(one, goal, search(optimizer, square, { within: one }));
      expect([alone.contour, alone.importance]).toEqual([null, null]);
      expect(alone.history && alone.slice).not.toBeNull();
    },
  },
];

describe.each(optimizers.map((optimizer) => [optimizer.name, optimizer] as const))('%s', (_, optimizer) =>
  runChecks(optimizer, optimizerChecks),
);
