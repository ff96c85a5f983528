import type { MetricPoint } from '#contract';

/** Values of metrics by name. */
export type Scores = Readonly<Record<string, number>>;

/** Where scores belong. */
type Place = Omit<MetricPoint, 'name' | 'value' | 'stdValue'>;

/** Scores as points in one place. */
export function scorePoints(place: Place, scores: Scores): MetricPoint[] {
  return Object.entries(scores).map(([name, value]) => ({ ...place, name, value }));
}

/** Mean and standard deviation (of the folds as they are: divided by their number) over the folds where a metric is defined. */
export function foldPoints(place: Place, folds: readonly Scores[]): MetricPoint[] {
  const names = [...new Set(folds.flatMap((scores) => Object.keys(scores)))];
  return names.map((name) => {
    const values = folds.flatMap((scores) => scores[name] ?? []);
    const value = mean(values);
    return { ...place, name, value, stdValue: Math.sqrt(mean(values.map((each) => (each - value) ** 2))) };
  });
}

/** The mean of each metric over the folds where it is defined. */
export function meanScores(folds: readonly Scores[]): Scores {
  const names = [...new Set(folds.flatMap((scores) => Object.keys(scores)))];
  return Object.fromEntries(names.map((name) => [name, mean(folds.flatMap((scores) => scores[name] ?? []))]));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
