import { choice, int } from '#contract';
import { calibrationCurve as curveOf } from '#learn';
import { figureArtifact, linesFigure, withGuide } from '#plots';

import { defineReport } from '../kit/report.js';
import { textsOf } from '../kit/texts.js';
import { words } from './report-words.js';
import { drawnClasses, ofClasses } from './class-lines.js';

export const calibrationCurve = defineReport({
  name: 'CalibrationCurve',
  tasks: ['TabularClassificationTask'],
  params: {
    n_bins: int({ default: 10, min: 2, max: 100 }),
    strategy: choice({ default: 'uniform', options: ['uniform', 'quantile'] }),
  },
  probabilities: true,
  icon: 'Tune',
  texts: textsOf(
    {
      en: ['Calibration Curve', 'Shows whether what is called likely happens as often as it is called so.'],
      es: ['Curva de Calibración', 'Muestra si lo que se da por probable ocurre tan a menudo como se dice.'],
      pt: ['Curva de Calibração', 'Mostra se o que se dá por provável acontece tantas vezes como se diz.'],
      de: ['Kalibrierungskurve', 'Zeigt, ob das, was wahrscheinlich genannt wird, so oft eintritt wie gesagt.'],
      zh: ['校准曲线', '显示被认为可能的事情是否真的以相应的频率发生。'],
    },
    {
      n_bins: {
        en: ['Bins', 'Into how many groups the probabilities are put.'],
        es: ['Grupos', 'En cuántos grupos se reparten las probabilidades.'],
        pt: ['Grupos', 'Em quantos grupos se repartem as probabilidades.'],
        de: ['Gruppen', 'In wie viele Gruppen die Wahrscheinlichkeiten geteilt werden.'],
        zh: ['分组数', '将概率分成多少组。'],
      },
      strategy: {
        en: ['Strategy', 'Groups of equal width, or of equally many rows.'],
        es: ['Estrategia', 'Grupos de igual anchura o con igual número de filas.'],
        pt: ['Estratégia', 'Grupos de igual largura ou com igual número de linhas.'],
        de: ['Einteilung', 'Gruppen gleicher Breite oder mit gleich vielen Zeilen.'],
        zh: ['策略', '等宽分组或等行数分组。'],
      },
    },
  ),
  notes: ['The reference catalogue has no such report; parameters and numbers are those of scikit-learn.'],

  compute({ outcome }, { n_bins, strategy }) {
    const classes = ofClasses(outcome);
    const lines = drawnClasses(classes).map(({ name, code, scores }) => {
      const { predicted, observed } = curveOf(classes.truth, scores, code, n_bins, strategy);
      return { name, x: predicted, y: observed, mode: 'lines+markers' as const };
    });
    if (lines.length === 0) return [];
    const labels = { title: words.calibrationCurve, x: words.meanProbability, y: words.shareOfClass };
    return [figureArtifact(withGuide(linesFigure(labels, lines), words.calibrated, [0, 1], [0, 1]))];
  },
});
