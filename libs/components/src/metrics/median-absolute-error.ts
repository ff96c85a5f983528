import { medianAbsoluteError as score } from '#learn';

import { defineRegressionMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const medianAbsoluteError = defineRegressionMetric({
  name: 'MedianAbsoluteError',
  tasks: ['RegressionTask'],
  maximize: false,
  texts: namedTexts('MedianAbsoluteError', {
    en: 'Median of the absolute errors, which a few large misses do not move.',
    es: 'Mediana de los errores absolutos, que unos pocos fallos grandes no alteran.',
    pt: 'Mediana dos erros absolutos, que poucos desvios grandes não alteram.',
    de: 'Median der absoluten Fehler, den einzelne große Abweichungen nicht verschieben.',
    zh: '绝对误差的中位数，不受少数大偏差影响。',
  }),
  score,
});
