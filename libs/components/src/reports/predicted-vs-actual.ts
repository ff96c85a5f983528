import { phrase } from '#contract';
import { figureArtifact, scatterFigure, withGuide } from '#plots';

import { defineReport } from '../kit/report.js';
import { textsOf } from '../kit/texts.js';
import { words } from './report-words.js';
import { ofNumbers } from './class-lines.js';

export const predictedVsActual = defineReport({
  name: 'PredictedVsActual',
  tasks: ['RegressionTask'],
  params: {},
  icon: 'ScatterPlot',
  texts: textsOf(
    {
      en: ['Predicted vs Actual', 'Draws each predicted number against the true one.'],
      es: ['Predicho frente a Real', 'Dibuja cada número predicho frente al verdadero.'],
      pt: ['Previsto contra Real', 'Desenha cada número previsto contra o verdadeiro.'],
      de: ['Vorhersage gegen Wahrheit', 'Zeichnet jede vorhergesagte Zahl gegen die wahre.'],
      zh: ['预测值与实际值', '将每个预测值与真实值对照绘制。'],
    },
    {},
  ),

  compute({ outcome }) {
    const { truth, predicted, output } = ofNumbers(outcome);
    if (truth.length === 0) return [];
    const low = truth.reduce((least, value) => Math.min(least, value), Infinity);
    const high = truth.reduce((most, value) => Math.max(most, value), -Infinity);
    const labels = {
      title: words.predictedAndActual,
      x: phrase(words.actualOf, { column: output }),
      y: phrase(words.predictedOf, { column: output }),
    };
    const figure = scatterFigure(labels, [{ name: words.rows, x: truth, y: predicted }]);
    return [figureArtifact(withGuide(figure, words.noError, [low, high], [low, high]))];
  },
});
