/** What weighing the columns of an ensemble needs of it: either what each node's split gained, or impurities to tell it from. */
type Weighable = {
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly left: Int32Array;
} & ({ readonly gain: Float64Array } | { readonly weight: Float64Array; readonly impurity: Float64Array });

/**
 * The share of each of `columns` columns in what the splits of all trees gained on the training rows; they sum to 1, or are all
 * 0 when nothing was split. Trees told by impurity count alike, boosted ones by their gain. Source: L. Breiman et al.,
 * Classification and Regression Trees, 1984; as scikit-learn's `feature_importances_`.
 */
export function featureImportance(trees: Weighable, columns: number): Float64Array {
  const { roots, feature } = trees;
  const total = new Float64Array(columns);
  for (let tree = 0; tree < roots.length; tree++) {
    const own = new Float64Array(columns);
    for (let node = roots[tree]!; node < (roots[tree + 1] ?? feature.length); node++)
      if (feature[node]! >= 0) own[feature[node]!]! += gainOf(trees, node);
    const scale = 'gain' in trees ? 1 : sumOf(own);
    for (let j = 0; j < columns; j++) total[j]! += scale > 0 ? own[j]! / scale : 0;
  }
  const sum = sumOf(total);
  return sum > 0 ? total.map((share) => share / sum) : total;
}

function gainOf(trees: Weighable, node: number): number {
  if ('gain' in trees) return trees.gain[node]!;
  const { weight, impurity, left } = trees;
  const child = left[node]!;
  return (
    weight[node]! * impurity[node]! - weight[child]! * impurity[child]! - weight[child + 1]! * impurity[child + 1]!
  );
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
