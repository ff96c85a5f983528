import { createStudy, type SamplerName, type SearchSpace } from '#learn';

const A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const P = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
];
const C = [1, 1.2, 3, 3.2];
type Params = Readonly<Record<string, unknown>>;

/** Hartmann-6 and a function of numbers on both scales and a category. */
export const problems: Record<'hartmann' | 'mixed', { space: SearchSpace; objective: (params: Params) => number }> = {
  hartmann: {
    space: Object.fromEntries(P[0]!.map((_, i) => [`x${i}`, { kind: 'float', low: 0, high: 1 }] as const)),
    objective: (params) => {
      const sum = (k: number): number =>
        A[k]!.reduce((total, a, i) => total + a * ((params[`x${i}`] as number) - P[k]![i]! / 1e4) ** 2, 0);
      return -C.reduce((total, c, k) => total + c * Math.exp(-sum(k)), 0);
    },
  },
  mixed: {
    space: {
      rate: { kind: 'float', low: 1e-5, high: 1, log: true },
      depth: { kind: 'int', low: 1, high: 20 },
      width: { kind: 'int', low: 1, high: 1000, log: true },
      share: { kind: 'float', low: -2, high: 3 },
      kind: { kind: 'categorical', choices: ['a', 'b', 'c', 'd'] },
    },
    objective: (params) => {
      const { rate, depth, width, share } = params as Record<string, number>;
      const kind = { a: 0.3, b: 0, c: 0.6, d: 0.45 }[params['kind'] as string]!;
      return (
        (Math.log10(rate!) + 2.5) ** 2 +
        ((depth! - 7) / 5) ** 2 +
        (Math.log10(width!) - 1.3) ** 2 +
        (share! - 0.7) ** 2 +
        kind
      );
    },
  },
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

/** Median over the seeds of the best value after 50 and after 100 trials. */
export function medianBest(
  problem: 'hartmann' | 'mixed',
  sampler: SamplerName,
  trials: number,
  seeds: number,
): Record<string, number> {
  const { space, objective } = problems[problem];
  const best: Record<string, number[]> = { 50: [], 100: [] };
  for (let seed = 0; seed < seeds; seed++) {
    const study = createStudy({ space, direction: 'minimize', seed, sampler });
    for (let i = 1; i <= trials; i++) {
      const { number, params } = study.ask();
      study.tell(number, objective(params));
      if (i === 50 || i === 100) best[i]!.push(study.best!.value!);
    }
  }
  return { 50: median(best[50]!), ...(trials >= 100 && { 100: median(best[100]!) }) };
}
