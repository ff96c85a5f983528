import { phrase } from '#contract';
import { figureArtifact, scatterFigure, withGuide } from '#plots';

import { defineReport } from '../kit/report.js';
import { textsOf } from '../kit/texts.js';
import { words } from './report-words.js';
import { ofNumbers } from './class-lines.js';

export const residualPlot = defineReport({
  name: 'ResidualPlot',
  tasks: ['RegressionTask'],
  params: {},
  icon: 'BubbleChart',
  texts: textsOf(
    {
      en: ['Residual Plot', 'Draws what each prediction missed by, against the prediction.'],
      es: ['Gráfico de Residuos', 'Dibuja en cuánto falló cada predicción, frente a la predicción.'],
      pt: ['Gráfico de Resíduos', 'Desenha por quanto falhou cada previsão, contra a previsão.'],
      de: ['Residuendiagramm', 'Zeichnet, um wie viel jede Vorhersage danebenliegt, gegen die Vorhersage.'],
      zh: ['残差图', '将每个预测的偏差与预测值对照绘制。'],
    },
    {},
  ),

  compute({ outcome }) {
    const { truth, predicted, output } = ofNumbers(outcome);
    if (truth.length === 0) return [];
    const residuals = truth.map((value, row) => value - predicted[row]!);
    const low = predicted.reduce((least, value) => Math.min(least, value), Infinity);
    const high = predicted.reduce((most, value) => Math.max(most, value), -Infinity);
    const labels = {
      title: words.residuals,
      x: phrase(words.predictedOf, { column: output }),
      y: words.actualMinusPredicted,
    };
    const figure = scatterFigure(labels, [{ name: words.rows, x: predicted, y: residuals }]);
    return [figureArtifact(withGuide(figure, words.noError, [low, high], [0, 0]))];
  },
});
