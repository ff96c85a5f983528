import { precisionRecallCurve as curveOf } from '#learn';
import { figureArtifact, linesFigure, numberText } from '#plots';

import { defineReport } from '../kit/report.js';
import { textsOf } from '../kit/texts.js';
import { words } from './report-words.js';
import { drawnClasses, fewPoints, ofClasses } from './class-lines.js';

export const precisionRecallCurve = defineReport({
  name: 'PrecisionRecallCurve',
  tasks: ['TabularClassificationTask'],
  params: {},
  probabilities: true,
  icon: 'Timeline',
  texts: textsOf(
    {
      en: ['Precision-Recall Curve', 'Shows how precise the answers are at each share of a class that is found.'],
      es: [
        'Curva de Precisión y Exhaustividad',
        'Muestra cuán precisas son las respuestas según qué parte de la clase se encuentra.',
      ],
      pt: [
        'Curva de Precisão e Revocação',
        'Mostra quão precisas são as respostas conforme a parte da classe que é encontrada.',
      ],
      de: [
        'Präzision-Trefferquote-Kurve',
        'Zeigt, wie genau die Antworten bei jedem gefundenen Anteil einer Klasse sind.',
      ],
      zh: ['精确率-召回率曲线', '显示在每一召回比例下答案的精确程度。'],
    },
    {},
  ),

  compute({ outcome }) {
    const classes = ofClasses(outcome);
    const lines = drawnClasses(classes).map(({ name, code, scores }) => {
      const { precision, recall, averagePrecision } = curveOf(classes.truth, scores, code);
      return { name: `${name} (AP ${numberText(Number(averagePrecision.toFixed(4)))})`, x: recall, y: precision };
    });
    if (lines.length === 0) return [];
    const labels = {
      title: words.precisionRecall,
      note: words.oneAgainstRest,
      x: words.recall,
      y: words.precision,
    };
    return [
      figureArtifact(
        linesFigure(
          labels,
          lines.map((line) => fewPoints(line, lines.length)),
        ),
      ),
    ];
  },
});
