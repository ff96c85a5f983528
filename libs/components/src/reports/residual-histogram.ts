import { phrase } from '#contract';
import { binOf, binsFor, countText, figureArtifact, histogramFigure, numberText } from '#plots';

import { defineReport } from '../kit/report.js';
import { textsOf } from '../kit/texts.js';
import { words } from './report-words.js';
import { ofNumbers } from './class-lines.js';

export const residualHistogram = defineReport({
  name: 'ResidualHistogram',
  tasks: ['RegressionTask'],
  params: {},
  icon: 'BarChart',
  texts: textsOf(
    {
      en: ['Residual Histogram', 'Counts how often predictions miss by how much.'],
      es: ['Histograma de Residuos', 'Cuenta cuántas veces y en cuánto fallan las predicciones.'],
      pt: ['Histograma de Resíduos', 'Conta quantas vezes e por quanto falham as previsões.'],
      de: ['Residuenhistogramm', 'Zählt, wie oft Vorhersagen um wie viel danebenliegen.'],
      zh: ['残差直方图', '统计预测偏差的大小及其出现次数。'],
    },
    {},
  ),

  compute({ outcome }) {
    const { truth, predicted } = ofNumbers(outcome);
    const residuals = truth.map((value, row) => value - predicted[row]!);
    const bins = binsFor(residuals, null, false);
    if (!bins) return [];
    const heights = new Float64Array(bins.count);
    for (const residual of residuals) if (Number.isFinite(residual)) heights[binOf(bins, residual)]!++;
    const mean = residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
    const labels = {
      title: words.residuals,
      note: phrase(words.rowsAndMean, { rows: countText(residuals.length), mean: numberText(mean) }),
      x: words.actualMinusPredicted,
      y: words.rows,
    };
    return [figureArtifact(histogramFigure(labels, bins, [{ name: words.residuals, heights }]))];
  },
});
