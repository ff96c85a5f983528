import type { MetricPoint } from '#contract';

import type { NewPoint } from './store/tracked-types.js';

/** A training's point as points of series of its tracked run: the value, and the deviation beside it. */
export function seriesPoints(
  runId: number,
  { split, level, name, step, value, stdValue, foldIndex }: MetricPoint,
): NewPoint[] {
  const final = level === 'last';
  const base = {
    runId,
    x: foldIndex ?? step,
    ...(final ? {} : { context: { level } }),
    ...(level === 'epoch' ? { epoch: step } : {}),
  };
  const own = `${split}/${name}`.slice(0, 250);
  const mean = { ...base, name: own, value };
  return stdValue === undefined ? [mean] : [mean, { ...base, name: `${own}_std`, value: stdValue }];
}
