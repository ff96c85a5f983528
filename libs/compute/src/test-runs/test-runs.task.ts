import { registry } from '#components';

import type { Task } from '../host.js';

/**
 * Tests whether runs differ; a test of pairs follows where there is one and the whole is significant.
 * @throws AppError `component-not-found`, `test-impossible` {reason}.
 */
export const testRuns: Task<'test-runs'> = ({ test, followedBy, scores, options }) => {
  const { statistic, pValue, pairs: own, details } = registry.find(test, 'statistical-test').run(scores, options);
  const below = (value: number): boolean => value < options.alpha;
  const significant = pValue === null ? (own ?? []).some((pair) => below(pair.pValue)) : below(pValue);
  const after = significant && followedBy !== null ? registry.find(followedBy, 'statistical-test') : null;
  const pairs = own ?? after?.run(scores, options).pairs ?? null;
  return Promise.resolve({
    statistic,
    pValue,
    significant,
    pairs: pairs?.map(({ first, second, pValue: p }) => ({ first, second, pValue: p, significant: below(p) })) ?? null,
    details,
  });
};
