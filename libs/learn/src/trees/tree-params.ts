import { NumericError, type Tick } from '#linalg';

/** Measures of a node's impurity for classes; `log_loss` is another name of `entropy`. */
export const classCriteria = ['gini', 'entropy', 'log_loss'] as const;
/** Measures of a node's impurity for numbers; `friedman_mse` ranks splits as `squared_error` does and is the same here. */
export const valueCriteria = ['squared_error', 'friedman_mse', 'absolute_error', 'poisson'] as const;

/** One of the measures for classes. */
export type ClassCriterion = (typeof classCriteria)[number];
/** One of the measures for numbers. */
export type ValueCriterion = (typeof valueCriteria)[number];

/** How a tree grows; the names and meanings are scikit-learn's. */
export interface GrowthParams {
  readonly maxDepth: number | null;
  /** Rows a node needs to be split; below 1 a fraction of the training rows. */
  readonly minSamplesSplit: number;
  /** Rows each side of a split must keep; below 1 a fraction of the training rows. */
  readonly minSamplesLeaf: number;
  readonly minWeightFractionLeaf: number;
  /** Columns drawn at each split: null for all, at most 1 a fraction, above 1 a count. */
  readonly maxFeatures: number | 'sqrt' | 'log2' | null;
  /** With a limit the tree grows best first. */
  readonly maxLeafNodes: number | null;
  readonly minImpurityDecrease: number;
  /** Minimal cost-complexity pruning; 0 for none. */
  readonly ccpAlpha: number;
}

/** scikit-learn's defaults of a decision tree. */
export const growthDefaults: GrowthParams = {
  maxDepth: null,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  minWeightFractionLeaf: 0,
  maxFeatures: null,
  maxLeafNodes: null,
  minImpurityDecrease: 0,
  ccpAlpha: 0,
};

/** The growth among other parameters, completed by `defaults`. */
export function growthOf(params: Partial<GrowthParams>, defaults = growthDefaults): GrowthParams {
  const names = Object.keys(defaults) as (keyof GrowthParams)[];
  return Object.fromEntries(names.map((name) => [name, params[name] ?? defaults[name]])) as unknown as GrowthParams;
}

/** The limits of one fit in absolute numbers. */
export interface GrowthLimits {
  readonly depth: number;
  readonly splitRows: number;
  readonly leafRows: number;
  readonly leafWeight: number;
  readonly features: number;
  readonly leaves: number;
  readonly decrease: number;
}

function drawnColumns(maxFeatures: GrowthParams['maxFeatures'], columns: number): number {
  if (maxFeatures === null) return columns;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(columns)));
  if (maxFeatures === 'log2') return Math.max(1, Math.floor(Math.log2(columns)));
  const count = maxFeatures <= 1 ? Math.floor(maxFeatures * columns) : maxFeatures;
  return Math.min(columns, Math.max(1, count));
}

/** Limits for a fit on `rows` rows of total `weight`. A value that no tree can have: `bad-parameter`. */
export function growthLimits(params: GrowthParams, rows: number, columns: number, weight: number): GrowthLimits {
  const bounded = (name: keyof GrowthParams, low: number, high: number): void => {
    const value = params[name];
    if (typeof value === 'number' && !(value >= low && value <= high)) {
      throw new NumericError('bad-parameter', { name, value, low, high });
    }
  };
  bounded('maxDepth', 1, Infinity);
  bounded('minSamplesSplit', 0, Infinity);
  bounded('minSamplesLeaf', 0, Infinity);
  bounded('minWeightFractionLeaf', 0, 0.5);
  bounded('maxFeatures', 0, Infinity);
  bounded('maxLeafNodes', 2, Infinity);
  bounded('minImpurityDecrease', 0, Infinity);
  bounded('ccpAlpha', 0, Infinity);
  const count = (value: number): number => (value < 1 ? Math.ceil(value * rows) : value);
  const leafRows = Math.max(1, count(params.minSamplesLeaf));
  return {
    depth: params.maxDepth ?? Infinity,
    splitRows: Math.max(2, count(params.minSamplesSplit), 2 * leafRows),
    leafRows,
    leafWeight: params.minWeightFractionLeaf * weight,
    features: drawnColumns(params.maxFeatures, columns),
    leaves: params.maxLeafNodes ?? Infinity,
    decrease: params.minImpurityDecrease,
  };
}

/** No progress is reported and nothing is cancelled. */
export const silent: Tick = () => undefined;
