import { choice, float, int, orNull } from '#contract';
import { fitLogistic, predictLogistic } from '#learn';

import { defineClassifier } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

import { modelTexts } from './model-texts.js';

export const logisticRegression = defineClassifier({
  name: 'LogisticRegression',
  tasks: ['TabularClassificationTask'],
  color: '#64B5F6',
  icon: 'TrendingUp',
  params: {
    penalty: choice({ default: 'l2', options: ['l2', 'l1', 'elasticnet'], search: true }),
    tol: float({ default: 0, min: 0, search: { low: 0, high: 5 } }),
    C: float({ default: 1, above: 0, search: { low: 1, high: 7 } }),
    max_iter: int({ default: 100, min: 50, search: { low: 50, high: 250 } }),
    class_weight: orNull(choice({ default: 'balanced', options: ['balanced'], search: true })),
  },
  texts: textsOf(
    {
      en: [
        'Logistic Regression',
        'Weighs the columns into one score per class and turns the scores into probabilities.',
      ],
      es: ['Regresión Logística', 'Pondera las columnas en una puntuación por clase y la convierte en probabilidades.'],
      pt: ['Regressão Logística', 'Pondera as colunas numa pontuação por classe e converte-a em probabilidades.'],
      de: [
        'Logistische Regression',
        'Gewichtet die Spalten zu einem Wert je Klasse und macht daraus Wahrscheinlichkeiten.',
      ],
      zh: ['逻辑回归', '对各列加权得到每个类别的得分，并转换为概率。'],
    },
    {
      ...modelTexts,
      penalty: {
        en: ['Penalty', 'How large coefficients are held down: by squares, by sizes, or half and half.'],
        es: ['Penalización', 'Cómo se frenan los coeficientes grandes: por cuadrados, por tamaños o mitad y mitad.'],
        pt: ['Penalização', 'Como se travam os coeficientes grandes: por quadrados, por tamanhos ou metade e metade.'],
        de: ['Strafe', 'Wie große Koeffizienten gebremst werden: nach Quadraten, nach Beträgen oder je zur Hälfte.'],
        zh: ['惩罚', '如何抑制较大的系数：按平方、按绝对值，或各占一半。'],
      },
      tol: {
        en: ['Tolerance', 'The search ends when no slope is steeper; 0 goes on as long as anything is gained.'],
        es: ['Tolerancia', 'La búsqueda acaba cuando ninguna pendiente es mayor; 0 sigue mientras se gane algo.'],
        pt: ['Tolerância', 'A procura acaba quando nenhum declive é maior; 0 continua enquanto se ganhar algo.'],
        de: [
          'Toleranz',
          'Die Suche endet, wenn keine Steigung größer ist; 0 sucht weiter, solange etwas gewonnen wird.',
        ],
        zh: ['容差', '当没有更陡的梯度时停止搜索；0 表示只要有改进就继续。'],
      },
      C: {
        en: ['Freedom (C)', 'Inverse strength of the penalty; larger values fit the training rows more closely.'],
        es: ['Libertad (C)', 'Inverso de la fuerza de la penalización; valores mayores se ajustan más a las filas.'],
        pt: ['Liberdade (C)', 'Inverso da força da penalização; valores maiores ajustam-se mais às linhas.'],
        de: ['Freiheit (C)', 'Kehrwert der Strafe; größere Werte passen sich den Trainingszeilen enger an.'],
        zh: ['自由度 (C)', '惩罚强度的倒数；取值越大，对训练行拟合得越紧。'],
      },
      max_iter: {
        en: ['Iterations', 'Most steps the search may take.'],
        es: ['Iteraciones', 'Máximo de pasos que puede dar la búsqueda.'],
        pt: ['Iterações', 'Máximo de passos que a procura pode dar.'],
        de: ['Iterationen', 'Höchstzahl der Schritte der Suche.'],
        zh: ['迭代次数', '搜索最多可走的步数。'],
      },
    },
  ),
  notes: [
    'Every penalty works; with the reference’s fixed solver only `l2` does. `elasticnet` weighs both parts by one half.',
    'Reaching `max_iter` is not an error: the coefficients found so far are used.',
  ],

  fit(x, y, classes, { penalty, tol, C, max_iter, class_weight }, { tick }) {
    return fitLogistic(x, y, classes, {
      penalty,
      tolerance: tol,
      c: C,
      maxIterations: max_iter,
      classWeight: class_weight,
      ...(tick && { tick }),
    });
  },
  predict: predictLogistic,
});
