import type { MetricPoint } from '#contract';
import { figureArtifact, linesFigure } from '#plots';

import type { ArtifactDraft } from '../kit/explorer.js';
import { defineReport } from '../kit/report.js';
import { textsOf } from '../kit/texts.js';
import { levelWords } from './report-words.js';

export const learningCurves = defineReport({
  name: 'LearningCurves',
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  params: {},
  icon: 'TrendingUp',
  texts: textsOf(
    {
      en: ['Learning Curves', 'Shows how the scores of a model of many steps went while it learnt.'],
      es: [
        'Curvas de Aprendizaje',
        'Muestra cómo fueron las puntuaciones de un modelo de muchos pasos mientras aprendía.',
      ],
      pt: [
        'Curvas de Aprendizagem',
        'Mostra como foram as pontuações de um modelo de muitos passos enquanto aprendia.',
      ],
      de: ['Lernkurven', 'Zeigt, wie sich die Werte eines Modells mit vielen Schritten beim Lernen entwickelten.'],
      zh: ['学习曲线', '显示多步模型在学习过程中各项得分的变化。'],
    },
    {},
  ),
  notes: [
    'The reference catalogue has no such report. It draws the scores a run reports while it trains, metric by metric; models that learn in one go report none.',
  ],

  compute({ history }) {
    const metrics = new Map<string, MetricPoint[]>();
    for (const point of history) metrics.set(point.name, [...(metrics.get(point.name) ?? []), point]);
    return [...metrics].filter(([, points]) => points.length > 1).map(([name, points]) => chart(name, points));
  },
});

function chart(name: string, points: readonly MetricPoint[]): ArtifactDraft {
  const rising = points.toSorted((a, b) => a.step - b.step);
  const line = { name, x: rising.map(({ step }) => step), y: rising.map(({ value }) => value) };
  const labels = { title: name, x: levelWords[points[0]!.level], y: name };
  return { ...figureArtifact(linesFigure(labels, [{ ...line, mode: 'lines+markers' }])), title: name };
}
