import { phrase } from '#contract';
import { confusionMatrix as counted, predictedClasses } from '#learn';
import { countText, figureArtifact, heatmapFigure } from '#plots';

import { defineReport } from '../kit/report.js';
import { textsOf } from '../kit/texts.js';
import { words } from './report-words.js';
import { ofClasses } from './class-lines.js';

export const confusionMatrix = defineReport({
  name: 'ConfusionMatrix',
  tasks: ['TabularClassificationTask'],
  params: {},
  icon: 'GridOn',
  texts: textsOf(
    {
      en: ['Confusion Matrix', 'Counts which classes are taken for which.'],
      es: ['Matriz de Confusión', 'Cuenta qué clases se toman por cuáles.'],
      pt: ['Matriz de Confusão', 'Conta que classes são tomadas por quais.'],
      de: ['Konfusionsmatrix', 'Zählt, welche Klassen für welche gehalten werden.'],
      zh: ['混淆矩阵', '统计各类别被误认为哪些类别。'],
    },
    {},
  ),

  compute({ outcome }) {
    const { classes, truth, probabilities } = ofClasses(outcome);
    const { data } = counted(truth, predictedClasses(probabilities), classes.length);
    const z = classes.map((_, t) => classes.map((_one, p) => data[p * classes.length + t]!));
    const right = classes.reduce((sum, _, k) => sum + z[k]![k]!, 0);
    const labels = {
      title: words.confusionMatrix,
      note: phrase(words.rowsRight, { right: countText(right), all: countText(truth.length) }),
      x: words.predicted,
      y: words.actual,
    };
    const grid = { x: classes, y: classes, z, scale: 'sequential', colorbar: words.rows, format: 'd' } as const;
    return [figureArtifact(heatmapFigure(labels, grid))];
  },
});
