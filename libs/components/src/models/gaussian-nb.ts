import { float } from '#contract';
import { fitGaussianBayes, predictGaussianBayes } from '#learn';

import { defineClassifier } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

export const gaussianNb = defineClassifier({
  name: 'GaussianNB',
  tasks: ['TabularClassificationTask'],
  color: '#AB47BC',
  icon: 'Functions',
  params: { var_smoothing: float({ default: 1e-9, min: 0, search: { low: 1e-12, high: 0.001, log: true } }) },
  texts: textsOf(
    {
      en: [
        'Gaussian Naïve Bayes',
        'Takes every column of a class as a bell curve of its own and weighs them together.',
      ],
      es: ['Naïve Bayes Gaussiano', 'Toma cada columna de una clase como una campana propia y las pondera juntas.'],
      pt: [
        'Naïve Bayes Gaussiano',
        'Toma cada coluna de uma classe como uma curva em sino própria e pondera-as juntas.',
      ],
      de: [
        'Gaußscher naiver Bayes',
        'Nimmt jede Spalte einer Klasse als eigene Glockenkurve und wägt sie gemeinsam ab.',
      ],
      zh: ['高斯朴素贝叶斯', '将每个类别的每一列视为独立的钟形曲线并综合权衡。'],
    },
    {
      var_smoothing: {
        en: ['Smoothing', 'This share of the largest variance is added to every variance.'],
        es: ['Suavizado', 'Esta proporción de la mayor varianza se suma a todas las varianzas.'],
        pt: ['Suavização', 'Esta proporção da maior variância é somada a todas as variâncias.'],
        de: ['Glättung', 'Dieser Anteil der größten Varianz wird zu jeder Varianz addiert.'],
        zh: ['平滑', '将最大方差的这一比例加到每个方差上。'],
      },
    },
  ),
  notes: ['A search draws `var_smoothing` on a logarithmic scale.'],

  fit(x, y, classes, { var_smoothing }, { tick }) {
    return fitGaussianBayes(x, y, classes, { varSmoothing: var_smoothing, ...(tick && { tick }) });
  },
  predict: predictGaussianBayes,
});
