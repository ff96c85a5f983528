/** What can be made of buffered values, beside `p0` to `p100`. */
export const AGGREGATIONS = ['mean', 'std', 'min', 'max', 'count', 'median', 'sum', 'p50', 'p90', 'p95', 'p99', 'first', 'last'] as const; // prettier-ignore

/** A name of one: those, and every other percentile. */
export type Aggregation = (typeof AGGREGATIONS)[number] | `p${number}`;

/**
 * Aggregates of values without their NaN, in the order of the names; nothing when none is left.
 * `std` is that of a sample and 0 for fewer than two values, percentiles interpolate linearly.
 * @throws RangeError for a name nobody knows.
 */
export function aggregate(values: readonly number[], names: readonly Aggregation[]): Record<string, number> {
  const rules = names.map((name) => [name, ruleOf(name)] as const);
  const kept = values.filter((value) => !Number.isNaN(value));
  if (kept.length === 0) return {};
  const sorted = Float64Array.from(kept).sort();
  return Object.fromEntries(rules.map(([name, rule]) => [name, rule(kept, sorted)]));
}

/** @throws RangeError unless every name is one. */
export function checkAggregations(names: readonly string[]): asserts names is Aggregation[] {
  for (const name of names) ruleOf(name);
}

type Rule = (values: readonly number[], sorted: Float64Array) => number;

const RULES: Readonly<Record<string, Rule>> = {
  mean: (values) => mean(values),
  std: (values) => std(values),
  min: (_values, sorted) => sorted[0]!,
  max: (_values, sorted) => sorted.at(-1)!,
  count: (values) => values.length,
  median: (_values, sorted) => percentile(sorted, 50),
  sum: (values) => sum(values),
  first: (values) => values[0]!,
  last: (values) => values.at(-1)!,
};

function ruleOf(name: string): Rule {
  if (Object.hasOwn(RULES, name)) return RULES[name]!;
  const rank = /^p(\d+(?:\.\d+)?)$/.exec(name);
  const percent = Number(rank?.[1]);
  if (rank === null || percent > 100)
    throw new RangeError(`Unknown aggregation ${name}; there are ${AGGREGATIONS.join(', ')} and p0 to p100`);
  return (_values, sorted) => percentile(sorted, percent);
}

/** With the rounding of each addition carried along (Neumaier). */
function sum(values: Iterable<number>): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

const mean = (values: readonly number[]): number => sum(values) / values.length;

function std(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1));
}

function percentile(sorted: Float64Array, percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const share = place - below;
  return share === 0 ? low : low + (high - low) * share;
}
