import { rocCurve as curveOf } from '#learn';
import { figureArtifact, linesFigure, numberText, withGuide } from '#plots';

import { defineReport } from '../kit/report.js';
import { textsOf } from '../kit/texts.js';
import { words } from './report-words.js';
import { drawnClasses, fewPoints, ofClasses } from './class-lines.js';

export const rocCurve = defineReport({
  name: 'RocCurve',
  tasks: ['TabularClassificationTask'],
  params: {},
  probabilities: true,
  icon: 'ShowChart',
  texts: textsOf(
    {
      en: ['ROC Curve', 'Shows what share of wrong alarms each share of hits costs, class by class.'],
      es: ['Curva ROC', 'Muestra qué tasa de falsas alarmas cuesta cada tasa de aciertos, clase por clase.'],
      pt: ['Curva ROC', 'Mostra que taxa de falsos alarmes custa cada taxa de acertos, classe a classe.'],
      de: ['ROC-Kurve', 'Zeigt je Klasse, welchen Anteil an Fehlalarmen jeder Anteil an Treffern kostet.'],
      zh: ['ROC 曲线', '按类别显示每一命中率所对应的误报率。'],
    },
    {},
  ),

  compute({ outcome }) {
    const classes = ofClasses(outcome);
    const lines = drawnClasses(classes).map(({ name, code, scores }) => {
      const { falsePositiveRate: x, truePositiveRate: y } = curveOf(classes.truth, scores, code);
      return { name: `${name} (AUC ${numberText(Number(area(x, y).toFixed(4)))})`, x, y };
    });
    if (lines.length === 0) return [];
    const labels = {
      title: words.rocCurve,
      note: words.oneAgainstRest,
      x: words.falsePositives,
      y: words.truePositives,
    };
    return [
      figureArtifact(
        withGuide(
          linesFigure(
            labels,
            lines.map((line) => fewPoints(line, lines.length)),
          ),
          words.chance,
          [0, 1],
          [0, 1],
        ),
      ),
    ];
  },
});

/** Area under a line by the trapezoid rule. */
function area(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let at = 1; at < x.length; at++) sum += ((x[at]! - x[at - 1]!) * (y[at]! + y[at - 1]!)) / 2;
  return sum;
}
