import { choice, int } from '#contract';
import { fitNeighbours, neighbourAlgorithms, neighbourMeans, neighbourWeights } from '#learn';
import { distanceMetrics, NumericError } from '#linalg';

import { defineRegressor } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

import { neighbourTexts } from './neighbour-texts.js';

export const kNeighborsRegression = defineRegressor({
  name: 'KNeighborsRegression',
  tasks: ['RegressionTask'],
  color: '#FFA726',
  icon: 'ScatterPlot',
  params: {
    n_neighbors: int({ default: 5, min: 1, search: { low: 1, high: 50 } }),
    weights: choice({ default: 'uniform', options: neighbourWeights, search: true }),
    algorithm: choice({ default: 'auto', options: neighbourAlgorithms, search: true }),
    leaf_size: int({ default: 30, min: 1, search: { low: 5, high: 100 } }),
    metric: choice({ default: 'minkowski', options: distanceMetrics, search: true }),
  },
  texts: textsOf(
    {
      en: ['K-Nearest Neighbours Regression', 'Answers with the mean of the nearest training rows.'],
      es: ['Regresión K-Vecinos Más Cercanos', 'Responde con la media de las filas de entrenamiento más cercanas.'],
      pt: ['Regressão K-Vizinhos mais Próximos', 'Responde com a média das linhas de treino mais próximas.'],
      de: ['K-Nächste-Nachbarn-Regression', 'Antwortet mit dem Mittel der nächsten Trainingszeilen.'],
      zh: ['K 近邻回归', '以距离最近的训练行的平均值作答。'],
    },
    {
      ...neighbourTexts,
      leaf_size: {
        en: ['Leaf size', 'Most rows in a leaf of the search tree; it changes the speed, not the answer.'],
        es: [
          'Tamaño de hoja',
          'Máximo de filas en una hoja del árbol de búsqueda; cambia la velocidad, no la respuesta.',
        ],
        pt: [
          'Tamanho da folha',
          'Máximo de linhas numa folha da árvore de procura; muda a velocidade, não a resposta.',
        ],
        de: [
          'Blattgröße',
          'Höchstzahl der Zeilen in einem Blatt des Suchbaums; ändert die Geschwindigkeit, nicht die Antwort.',
        ],
        zh: ['叶大小', '搜索树每个叶中的最多行数；影响速度，不影响结果。'],
      },
      metric: {
        en: ['Metric', 'How the distance between two rows is measured.'],
        es: ['Métrica', 'Cómo se mide la distancia entre dos filas.'],
        pt: ['Métrica', 'Como se mede a distância entre duas linhas.'],
        de: ['Abstandsmaß', 'Wie der Abstand zweier Zeilen gemessen wird.'],
        zh: ['距离度量', '如何衡量两行之间的距离。'],
      },
    },
  ),
  notes: ['More neighbours than training rows is an error when training, not only when predicting.'],

  fit(x, y, { n_neighbors, weights, algorithm, leaf_size, metric }) {
    if (n_neighbors > x.rows)
      throw new NumericError('bad-parameter', { parameter: 'n_neighbors', value: n_neighbors, most: x.rows });
    return { fit: fitNeighbours(x, { algorithm, leafSize: leaf_size, metric }), y, neighbours: n_neighbors, weights };
  },
  predict({ fit, y, neighbours, weights }, x, context) {
    return neighbourMeans(fit, y, x, { neighbours, weights, ...(context?.tick && { tick: context.tick }) });
  },
});
