import { choice, int } from '#contract';
import { fitNeighbours, neighbourAlgorithms, neighbourProbabilities, neighbourWeights } from '#learn';
import { NumericError } from '#linalg';

import { defineClassifier } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

import { neighbourTexts } from './neighbour-texts.js';

export const kNeighborsClassifier = defineClassifier({
  name: 'KNeighborsClassifier',
  tasks: ['TabularClassificationTask'],
  color: '#FFD54F',
  icon: 'ScatterPlot',
  params: {
    n_neighbors: int({ default: 5, min: 1, search: { low: 5, high: 10 } }),
    weights: choice({ default: 'uniform', options: neighbourWeights, search: true }),
    algorithm: choice({ default: 'auto', options: neighbourAlgorithms, search: true }),
  },
  texts: textsOf(
    {
      en: ['K-Nearest Neighbors (KNN)', 'Answers with the class most of the nearest training rows have.'],
      es: ['K-Vecinos más Cercanos (KNN)', 'Responde con la clase que tiene la mayoría de las filas más cercanas.'],
      pt: ['K-Vizinhos mais Próximos (KNN)', 'Responde com a classe que a maioria das linhas mais próximas tem.'],
      de: ['K-Nächste-Nachbarn (KNN)', 'Antwortet mit der Klasse, die die meisten der nächsten Trainingszeilen haben.'],
      zh: ['K 近邻 (KNN)', '以距离最近的训练行中最多的类别作答。'],
    },
    neighbourTexts,
  ),
  notes: ['More neighbours than training rows is an error when training, not only when predicting.'],

  fit(x, y, classes, { n_neighbors, weights, algorithm }) {
    if (n_neighbors > x.rows)
      throw new NumericError('bad-parameter', { parameter: 'n_neighbors', value: n_neighbors, most: x.rows });
    return { fit: fitNeighbours(x, { algorithm }), y, classes, neighbours: n_neighbors, weights };
  },
  predict({ fit, y, classes, neighbours, weights }, x, context) {
    return neighbourProbabilities(fit, y, classes, x, {
      neighbours,
      weights,
      ...(context?.tick && { tick: context.tick }),
    });
  },
});
