/** The components of this plugin, built with the libraries Millrace hands it. */
export const components = ({ kit, linalg }) => [
  kit.defineRegressionMetric({
    name: 'MaxError',
    tasks: ['RegressionTask'],
    maximize: false,
    texts: kit.namedTexts('MaxError', {
      en: 'How far off the worst prediction is, in the unit of the output.',
      es: 'Cuánto se aleja la peor predicción, en la unidad de la salida.',
      pt: 'Quanto se afasta a pior previsão, na unidade da saída.',
      de: 'Wie weit die schlechteste Vorhersage danebenliegt, in der Einheit der Ausgabe.',
      zh: '最差的预测偏离多少，单位与输出相同。',
    }),

    score(truth, predicted) {
      if (truth.length === 0) throw new linalg.NumericError('no-rows');
      if (truth.length !== predicted.length) throw new linalg.NumericError('bad-shape', { rows: truth.length });
      return truth.reduce((worst, value, i) => Math.max(worst, Math.abs(value - predicted[i])), 0);
    },
  }),
];
