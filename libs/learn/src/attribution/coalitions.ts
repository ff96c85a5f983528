import type { Random } from '#linalg';

/** Sets of features, none of them empty or whole, with the weight each has in the least squares. */
export interface Coalitions {
  readonly features: number;
  /** 1 where the feature takes part; coalition `c` begins at `c · features`. */
  readonly members: Uint8Array;
  readonly weights: Float64Array;
}

/** Ways to choose `size` of `features`. */
function choices(features: number, size: number): number {
  let count = 1;
  for (let k = 1; k <= size; k++) count = (count * (features - size + k)) / k;
  return Math.round(count);
}

/**
 * The coalitions Shapley values are fitted over: all of them where they are no more than `budget`, with the Shapley kernel
 * (M − 1) / (C(M, s) s (M − s)) as weights. Otherwise whole sizes from both ends while the budget lasts, then coalitions drawn in pairs
 * with their complements from the sizes that are left. Source: S. Lundberg and S.-I. Lee, A Unified Approach to Interpreting Model
 * Predictions, 2017; the way of drawing is the shap package's.
 */
export function coalitionsOf(features: number, budget: number, source: Random): Coalitions {
  const sizes = Array.from({ length: Math.max(0, features - 1) }, (_, at) => at + 1);
  const whole = features < 31 && 2 ** features - 2 <= budget;
  const found: Found[] = [];
  if (whole) for (const size of sizes) addAll(found, features, size, 1 / (size * (features - size)));
  else addSome(found, features, budget, source);
  const members = new Uint8Array(found.length * features);
  found.forEach(({ set }, at) => set.forEach((feature) => (members[at * features + feature] = 1)));
  return { features, members, weights: Float64Array.from(found, ({ weight }) => weight) };
}

interface Found {
  readonly set: readonly number[];
  weight: number;
}

/** Every set of one size; the size's weight is shared evenly. */
function addAll(found: Found[], features: number, size: number, sizeWeight: number): void {
  const weight = sizeWeight / choices(features, size);
  const set = Array.from({ length: size }, (_, at) => at);
  for (;;) {
    found.push({ set: [...set], weight });
    let at = size - 1;
    while (at >= 0 && set[at] === features - size + at) at--;
    if (at < 0) return;
    set[at]!++;
    for (let next = at + 1; next < size; next++) set[next] = set[next - 1]! + 1;
  }
}

function addSome(found: Found[], features: number, budget: number, source: Random): void {
  const halves = Math.floor(features / 2);
  const weightOf = (size: number): number => (2 * size === features ? 1 : 2) / (size * (features - size));
  let left = budget;
  let size = 1;
  let open = 0;
  for (let s = 1; s <= halves; s++) open += weightOf(s);
  for (; size <= halves; size++) {
    const pairs = 2 * size !== features;
    const count = choices(features, size) * (pairs ? 2 : 1);
    // A size is taken whole when its share of what is left would draw each of its sets once at least.
    if ((left * weightOf(size)) / open < count) break;
    addAll(found, features, size, weightOf(size) / (pairs ? 2 : 1));
    if (pairs) addAll(found, features, features - size, weightOf(size) / 2);
    left -= count;
    open -= weightOf(size);
  }
  if (size > halves) return;
  const rest = Array.from({ length: halves - size + 1 }, (_, at) => size + at);
  const drawn = drawPairs(rest, weightOf, { features, count: left, source });
  const total = [...drawn.values()].reduce((sum, { weight }) => sum + weight, 0);
  for (const { set, weight } of drawn.values()) found.push({ set, weight: (weight * open) / total });
}

/** Sets of these sizes with their complements, as often as they were drawn. */
function drawPairs(
  sizes: readonly number[],
  weightOf: (size: number) => number,
  { features, count, source }: { features: number; count: number; source: Random },
): Map<string, Found> {
  const total = sizes.reduce((sum, size) => sum + weightOf(size), 0);
  const drawn = new Map<string, Found>();
  const add = (set: readonly number[]): void => {
    const key = set.join();
    const known = drawn.get(key);
    if (known) known.weight++;
    else drawn.set(key, { set, weight: 1 });
  };
  const deck = Array.from({ length: features }, (_, feature) => feature);
  for (let tries = 0; drawn.size < count - 1 && tries < 4 * count; tries++) {
    let place = source.float() * total;
    const size = sizes.find((one) => (place -= weightOf(one)) < 0) ?? sizes.at(-1)!;
    for (let at = 0; at < size; at++) {
      const other = at + source.below(features - at);
      [deck[at], deck[other]] = [deck[other]!, deck[at]!];
    }
    const rising = (part: readonly number[]): number[] => [...part].sort((a, b) => a - b);
    add(rising(deck.slice(0, size)));
    add(rising(deck.slice(size)));
  }
  return drawn;
}
