import { choice } from '#contract';
import { column, type Matrix, matrix, requireFinite } from '#linalg';

import { defineClassifier } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

export const nearestCentroid = defineClassifier({
  name: 'NearestCentroid',
  tasks: ['TabularClassificationTask'],
  color: '#AED581',
  icon: 'CenterFocusStrong',
  params: { priors: choice({ default: 'uniform', options: ['uniform', 'empirical'], search: true }) },
  texts: textsOf(
    {
      en: ['Nearest Centroid', 'Answers with the class whose mean is nearest, in units of the spread within classes.'],
      es: ['Centroide más Cercano', 'Responde con la clase de media más cercana, según la dispersión en las clases.'],
      pt: ['Centroide mais Próximo', 'Responde com a classe de média mais próxima, segundo a dispersão nas classes.'],
      de: [
        'Nächster Schwerpunkt',
        'Antwortet mit der Klasse des nächsten Mittels, gemessen an der Streuung in den Klassen.',
      ],
      zh: ['最近质心', '以均值最近的类别作答，距离以类内离散程度为单位。'],
    },
    {
      priors: {
        en: ['Class priors', '`uniform` expects all classes alike, `empirical` as often as in the training rows.'],
        es: [
          'Probabilidades a priori',
          '`uniform` espera todas las clases por igual, `empirical` según las filas de entrenamiento.',
        ],
        pt: [
          'Probabilidades a priori',
          '`uniform` espera todas as classes por igual, `empirical` conforme as linhas de treino.',
        ],
        de: ['A-priori-Anteile', '`uniform` erwartet alle Klassen gleich oft, `empirical` wie in den Trainingszeilen.'],
        zh: ['先验概率', '`uniform` 认为各类别同样常见，`empirical` 按训练行中的比例。'],
      },
    },
  ),
  notes: [
    'The reference catalogue has no such model; parameters and defaults are those of scikit-learn. Distances are Euclidean and centroids are not shrunk: `metric` and `shrink_threshold` are left out.',
    'The probabilities are those of scikit-learn, and the answer is the most probable class. With `uniform`, the `predict` of scikit-learn measures the columns as they are instead.',
  ],

  fit(x, y, classes, { priors }, { tick }) {
    requireFinite(x);
    const counts = new Float64Array(classes);
    for (const k of y) counts[k]!++;
    const present = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    const centroids = matrix(classes, x.cols);
    const spreads = new Float64Array(x.cols);
    for (let j = 0; j < x.cols; j++) {
      tick?.(j, x.cols);
      const values = column(x, j);
      const means = column(centroids, j);
      values.forEach((value, i) => (means[y[i]!]! += value / counts[y[i]!]!));
      // In units of the largest value, so that squares of huge numbers stay numbers.
      const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
      const squares = values.reduce((sum, value, i) => sum + (value / size - means[y[i]!]! / size) ** 2, 0);
      const spread = Math.sqrt(squares / Math.max(1, x.rows - present));
      // A column that is constant in each class is not scaled; rounding of the means makes it look spread a little.
      spreads[j] = spread > 1e-12 ? size * spread : 1;
    }
    const shares = counts.map((count) => (priors === 'empirical' ? count / x.rows : count > 0 ? 1 / present : 0));
    return { centroids, spreads, shares };
  },

  predict({ centroids, spreads, shares }, x): Matrix {
    const scores = matrix(x.rows, shares.length);
    shares.forEach((share, k) => {
      const score = column(scores, k);
      spreads.forEach((spread, j) => {
        const centre = centroids.data[j * shares.length + k]! / spread;
        const values = column(x, j);
        for (let i = 0; i < x.rows; i++) score[i]! -= (values[i]! / spread - centre) ** 2;
      });
      // Beyond all numbers every class is as far as any other; only a class that did not occur is out of the question.
      for (let i = 0; i < x.rows; i++) {
        score[i] = share === 0 ? -Infinity : Math.max(score[i]!, -Number.MAX_VALUE) + 2 * Math.log(share);
      }
    });
    return softmax(scores);
  },
});

function softmax(scores: Matrix): Matrix {
  const { rows, cols, data } = scores;
  for (let i = 0; i < rows; i++) {
    let best = -Infinity;
    for (let k = 0; k < cols; k++) best = Math.max(best, data[k * rows + i]!);
    let total = 0;
    for (let k = 0; k < cols; k++) total += data[k * rows + i] = Math.exp(data[k * rows + i]! - best);
    for (let k = 0; k < cols; k++) data[k * rows + i]! /= total;
  }
  return scores;
}
