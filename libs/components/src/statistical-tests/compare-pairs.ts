import { corrected } from '#learn';

import type { TestedRuns, TestOptions } from '../kit/statistical-test.js';

/** What two runs come to; `details` are shown where they are the only ones. */
export interface Compared {
  readonly statistic: number;
  readonly pValue: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What every test declares that compares runs two by two. */
export const pairwise = { minRuns: 2, maxRuns: null, takesAlternative: true, takesCorrection: true } as const;
export const PAIRS_NOTE =
  'Of more than two runs every pair is compared; without a chosen correction the p-values are then corrected by Holm.';

/**
 * Compares two runs, or every pair of more; of several pairs the p-values are corrected, by Holm unless another way was chosen.
 * @throws what `compare` throws.
 */
export function comparePairs(
  scores: readonly (readonly number[])[],
  { alternative, correction }: TestOptions,
  compare: (one: readonly number[], other: readonly number[], alternative: TestOptions['alternative']) => Compared,
): TestedRuns {
  const compared = scores.flatMap((one, first) =>
    scores.slice(first + 1).map((other, at) => {
      return { first, second: first + 1 + at, ...compare(one, other, alternative) };
    }),
  );
  const [only] = compared;
  if (scores.length === 2 && correction === null && only)
    return {
      statistic: only.statistic,
      pValue: only.pValue,
      pairs: null,
      details: { ...only.details, alternative },
    };
  const method = correction ?? 'holm';
  const pValues = corrected(
    compared.map(({ pValue }) => pValue),
    method,
  );
  return {
    statistic: null,
    pValue: null,
    pairs: compared.map(({ first, second, statistic }, at) => ({ first, second, statistic, pValue: pValues[at]! })),
    details: { alternative, correction_method: method },
  };
}
