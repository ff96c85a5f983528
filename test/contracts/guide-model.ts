import { float } from '#contract';
import { type Matrix, matrix, requireFinite } from '#linalg';

import { defineClassifier } from '../../libs/components/src/kit/model.js';
import { textsOf } from '../../libs/components/src/kit/texts.js';

export const softCentroid = defineClassifier({
  name: 'SoftCentroid',
  tasks: ['TabularClassificationTask'],
  color: '#80CBC4',
  icon: 'BlurOn',
  params: {
    sharpness: float({ default: 1, above: 0, search: { low: 0.1, high: 10, log: true } }),
  },
  texts: textsOf(
    {
      en: ['Soft Centroid', 'Prefers the classes whose middles are near.'],
      es: ['Centroide suave', 'Prefiere las clases cuyos centros están cerca.'],
      pt: ['Centroide suave', 'Prefere as classes cujos centros estão perto.'],
      de: ['Weicher Schwerpunkt', 'Bevorzugt die Klassen, deren Mitten nahe liegen.'],
      zh: ['软质心', '偏向中心较近的类别。'],
    },
    {
      sharpness: {
        en: ['Sharpness', 'Larger values make the probabilities more certain.'],
        es: ['Nitidez', 'Los valores mayores hacen las probabilidades más seguras.'],
        pt: ['Nitidez', 'Valores maiores tornam as probabilidades mais certas.'],
        de: ['Schärfe', 'Größere Werte machen die Wahrscheinlichkeiten eindeutiger.'],
        zh: ['锐度', '取值越大，概率越确定。'],
      },
    },
  ),

  fit(x, y, classes, { sharpness }, { tick }) {
    requireFinite(x);
    const counts = new Float64Array(classes);
    for (const k of y) counts[k]!++;
    const middles = matrix(classes, x.cols);
    for (let j = 0; j < x.cols; j++) {
      tick?.(j, x.cols);
      for (let i = 0; i < x.rows; i++) {
        const k = y[i]!;
        middles.data[j * classes + k]! += x.data[j * x.rows + i]! / counts[k]!;
      }
    }
    return { middles, sharpness, present: Uint8Array.from(counts, (count) => (count > 0 ? 1 : 0)) };
  },

  predict({ middles, sharpness, present }, x): Matrix {
    const classes = middles.rows;
    const answers = matrix(x.rows, classes);
    for (let i = 0; i < x.rows; i++) {
      const squares = Float64Array.from(present, (occurs, k) => {
        let sum = occurs ? 0 : Infinity;
        for (let j = 0; j < x.cols; j++) sum += (x.data[j * x.rows + i]! - middles.data[j * classes + k]!) ** 2;
        return sum;
      });
      const nearest = Math.min(...squares);
      const weights = squares.map((square) => Math.exp(-sharpness * (square - nearest)));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, k) => (answers.data[k * x.rows + i] = weight / total));
    }
    return answers;
  },
});
