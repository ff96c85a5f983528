import {
  fitBoostingClassifier,
  fitBoostingRegressor,
  fitDummy,
  fitForestClassifier,
  fitForestRegressor,
  fitGaussianBayes,
  fitLogistic,
  fitNeighbours,
  fitPerceptron,
  fitTreeClassifier,
  fitTreeRegressor,
  leastSquares,
  neighbourProbabilities,
  predictBoostingClassifier,
  predictBoostingRegressor,
  predictDummy,
  predictGaussianBayes,
  predictLinear,
  predictLogistic,
  predictPerceptron,
  predictTrees,
  type PerceptronOptions,
} from '#learn';
import { column, type FitContext, type Matrix } from '#linalg';

/** Parameters of one run: ours, and the keyword arguments of scikit-learn's class. */
export interface BenchSize {
  readonly rows: number;
  readonly ours: object;
  readonly peer: Readonly<Record<string, unknown>>;
}

/** A learner to be measured beside scikit-learn's class of the same name. */
export interface BenchModel {
  readonly name: string;
  /** Where the peer's class is: `from <module> import <name>`. */
  readonly module: string;
  /** What it learns: codes 0 and 1, or numbers. */
  readonly target: 'codes' | 'numbers';
  readonly sizes: readonly BenchSize[];
  /** Asked of the peer where its `predict` finds the classes without the probabilities that ours answers. */
  readonly peerMethod?: 'predict_proba';
  /** Does it use the threads of its context? */
  readonly threaded?: boolean;
  /** Fits and returns the prediction, which is measured apart. */
  readonly fit: (x: Matrix, y: Float64Array, params: object, context: FitContext) => (x: Matrix) => ArrayLike<number>;
}

const sizes = (rows: readonly number[], ours: object = {}, peer: BenchSize['peer'] = {}): BenchSize[] =>
  rows.map((count) => ({ rows: count, ours, peer }));

/** Codes of two classes from probabilities. */
function likelier(probabilities: Matrix): Float64Array {
  const second = column(probabilities, 1);
  const codes = new Float64Array(second.length);
  // Without a branch: which way a row goes cannot be foretold.
  for (let i = 0; i < codes.length; i++) codes[i] = Number(second[i]! > 0.5);
  return codes;
}

const everySize = sizes([10_000, 100_000, 1_000_000]);
const trees = everySize;
const forests = [...sizes([10_000, 100_000]), ...sizes([1_000_000], { estimators: 20 }, { n_estimators: 20 })];
const boosting = sizes([10_000, 100_000, 1_000_000], {}, { early_stopping: false });
/** Twenty passes with as many weights; whether it has converged is asked on neither side. */
const network = { hidden: 16, activation: 'relu', learningRate: 0.001, epochs: 20, batchSize: 32 };
const networks = sizes([10_000, 100_000], network, {
  hidden_layer_sizes: [16],
  activation: 'relu',
  learning_rate_init: 0.001,
  max_iter: 20,
  batch_size: 32,
  alpha: 0,
  n_iter_no_change: 20,
});

/** Every learner under measurement. To add one, add an object. */
export const benchModels: readonly BenchModel[] = [
  {
    name: 'DecisionTreeClassifier',
    module: 'sklearn.tree',
    target: 'codes',
    sizes: trees,
    fit: (x, y, params, context) => {
      const state = fitTreeClassifier(x, new Int32Array(y), 2, params, context);
      return (test) => likelier(predictTrees(state, test));
    },
  },
  {
    name: 'DecisionTreeRegressor',
    module: 'sklearn.tree',
    target: 'numbers',
    sizes: trees,
    fit: (x, y, params, context) => {
      const state = fitTreeRegressor(x, y, params, context);
      return (test) => predictTrees(state, test).data;
    },
  },
  {
    name: 'RandomForestClassifier',
    module: 'sklearn.ensemble',
    target: 'codes',
    sizes: forests,
    threaded: true,
    fit: (x, y, params, context) => {
      const state = fitForestClassifier(x, new Int32Array(y), 2, params, context);
      return (test) => likelier(predictTrees(state.trees, test));
    },
  },
  {
    name: 'RandomForestRegressor',
    module: 'sklearn.ensemble',
    target: 'numbers',
    sizes: forests,
    threaded: true,
    fit: (x, y, params, context) => {
      const state = fitForestRegressor(x, y, params, context);
      return (test) => predictTrees(state.trees, test).data;
    },
  },
  {
    name: 'MLPRegressor',
    module: 'sklearn.neural_network',
    target: 'numbers',
    sizes: networks,
    fit: (x, y, params, context) => {
      const state = fitPerceptron(x, y, params as PerceptronOptions, context);
      return (test) => predictPerceptron(state, test);
    },
  },
  {
    name: 'HistGradientBoostingClassifier',
    module: 'sklearn.ensemble',
    target: 'codes',
    sizes: boosting,
    threaded: true,
    fit: (x, y, params, context) => {
      const state = fitBoostingClassifier(x, new Int32Array(y), 2, params, context);
      return (test) => likelier(predictBoostingClassifier(state, test));
    },
  },
  {
    name: 'HistGradientBoostingRegressor',
    module: 'sklearn.ensemble',
    target: 'numbers',
    sizes: boosting,
    threaded: true,
    fit: (x, y, params, context) => {
      const state = fitBoostingRegressor(x, y, params, context);
      return (test) => predictBoostingRegressor(state, test);
    },
  },
  {
    name: 'LogisticRegression',
    module: 'sklearn.linear_model',
    target: 'codes',
    sizes: everySize,
    fit: (x, y, params) => {
      const state = fitLogistic(x, new Int32Array(y), 2, params);
      return (test) => likelier(predictLogistic(state, test));
    },
  },
  {
    name: 'LinearRegression',
    module: 'sklearn.linear_model',
    target: 'numbers',
    sizes: everySize,
    fit: (x, y, params) => {
      const state = leastSquares(x, y, params);
      return (test) => predictLinear(state, test);
    },
  },
  {
    name: 'Ridge',
    module: 'sklearn.linear_model',
    target: 'numbers',
    sizes: sizes([10_000, 100_000, 1_000_000], { alpha: 1 }),
    fit: (x, y, params) => {
      const state = leastSquares(x, y, params);
      return (test) => predictLinear(state, test);
    },
  },
  {
    name: 'GaussianNB',
    module: 'sklearn.naive_bayes',
    target: 'codes',
    sizes: everySize,
    fit: (x, y, params) => {
      const state = fitGaussianBayes(x, new Int32Array(y), 2, params);
      return (test) => likelier(predictGaussianBayes(state, test));
    },
  },
  {
    name: 'DummyClassifier',
    module: 'sklearn.dummy',
    peerMethod: 'predict_proba',
    target: 'codes',
    sizes: everySize,
    fit: (_, y, _params, { seed }) => {
      const state = fitDummy(new Int32Array(y), 2, 'prior', seed);
      return (test) => likelier(predictDummy(state, test.rows));
    },
  },
  {
    name: 'KNeighborsClassifier',
    module: 'sklearn.neighbors',
    target: 'codes',
    // At 1e6 rows with 1e5 queries brute force, the choice of both for 20 columns, takes minutes.
    sizes: sizes([10_000, 100_000]),
    fit: (x, y, params) => {
      const state = fitNeighbours(x, params);
      const vote = { neighbours: 5, weights: 'uniform' } as const;
      return (test) => likelier(neighbourProbabilities(state, new Int32Array(y), 2, test, vote));
    },
  },
];
