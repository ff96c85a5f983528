import { bool, choice, float, int, orNull, union } from '#contract';
import { createFrame, numericColumn } from '#frame';
import { fitPca, projected } from '#learn';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { pcaTexts } from './pca-texts.js';
import { decompositionSeed } from './sampling-texts.js';
import { numbers, wholeNumbers } from './whole-numbers.js';

export const pca = defineConverter({
  name: 'PCA',
  category: 'Dimensionality reduction',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: {
    n_components: orNull(
      union({
        default: 2,
        of: [
          int({ default: 2, min: 1 }),
          float({ default: 0.5, above: 0, below: 1 }),
          choice({ default: 'mle', options: ['mle'] }),
        ],
      }),
      2,
    ),
    whiten: bool({ default: false }),
    svd_solver: choice({ default: 'auto', options: ['auto', 'full', 'covariance_eigh', 'arpack', 'randomized'] }),
    tol: float({ default: 0, min: 0 }),
    iterated_power: union({
      default: 'auto',
      of: [int({ default: 1, min: 1 }), choice({ default: 'auto', options: ['auto'] })],
    }),
    n_oversamples: int({ default: 10, min: 1 }),
    power_iteration_normalizer: orNull(choice({ default: 'auto', options: ['auto', 'QR', 'LU'] }), 'auto'),
    random_state: decompositionSeed,
  },
  texts: textsOf(pcaTexts.head, pcaTexts.params),
  notes: [
    'Every solver computes the full decomposition, so the seed and the settings of approximate solvers change nothing.',
    'The entry of a component that is largest in size is positive. Missing values are refused while learning; later rows that lack a value get none.',
  ],
  waive: { 'defaults work on the first columns that fit': 'two components need two columns' },

  fit(frame, _, { n_components, whiten }) {
    const fitted = fitPca(wholeNumbers(frame), n_components);
    const scales = fitted.variances.map((variance) => (whiten ? Math.max(Math.sqrt(variance), Number.EPSILON) : 1));
    return { names: frame.columns.map(({ name }) => name), means: fitted.means, axes: { ...fitted.axes }, scales };
  },

  transform({ means, axes, scales }, frame) {
    const scores = projected({ means, axes: axes }, numbers(frame));
    const components = Array.from(scales, (scale, k) =>
      numericColumn(
        `pca${k}`,
        scores.data.subarray(k * frame.rows, (k + 1) * frame.rows).map((score) => score / scale),
      ),
    );
    return createFrame(components, frame.rows);
  },
});
