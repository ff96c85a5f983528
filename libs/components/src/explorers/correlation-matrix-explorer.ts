import { bool, choice, int, joinWords, phrase, type Words } from '#contract';
import { select } from '#frame';
import { figureArtifact, heatmapFigure } from '#plots';

import { defineExplorer } from '../kit/explorer.js';
import { textsOf } from '../kit/texts.js';

import { words } from './explorer-words.js';
import { correlationTexts } from './correlation-texts.js';
import { kendall, pearson, prepare, ranks, rowsOfBoth, valuesAt, type Prepared } from './correlation.js';
import { MOST_COLUMNS, numericColumns, pairMatrix } from './pair-matrix.js';

export const correlationMatrixExplorer = defineExplorer({
  name: 'CorrelationMatrixExplorer',
  group: 'Statistical',
  columns: { types: ['Float', 'Integer', 'Categorical'], min: 2, numericStorage: true },
  params: {
    method: choice({ default: 'pearson', options: ['pearson', 'kendall', 'spearman'] }),
    min_periods: int({ default: 1, above: 0 }),
    numeric_only: bool({ default: true }),
    plot: bool({ default: true }),
  },
  texts: textsOf(correlationTexts.head, correlationTexts.params),
  notes: [
    'Each pair of columns uses the rows in which both have values, as pandas does. kendall is tau-b and ignores `min_periods`.',
    'At most 150 columns; the figure or table says when there were more.',
  ],

  explore(frame, columns, { method, min_periods, numeric_only, plot }, { tick }) {
    const chosen = numericColumns(select(frame, columns), numeric_only);
    const names = chosen.slice(0, MOST_COLUMNS).map(({ name }) => name);
    const prepared = chosen.slice(0, MOST_COLUMNS).map(({ values }) => prepare(values, method === 'spearman'));
    const least = method === 'kendall' ? 1 : min_periods;
    const matrix = pairMatrix(prepared, (a, b) => correlate(a, b, method, least), tick);
    const title = phrase(words.correlationMatrix, { count: names.length });
    const cut = { shown: names.length, all: chosen.length };
    const note = chosen.length > names.length ? phrase(words.firstColumns, cut) : undefined;
    if (plot) {
      const z = matrix.map((row) => row.map((value) => Number(value.toFixed(4))));
      const grid = { x: names, y: names, z, scale: 'diverging', limit: 1, colorbar: method } as const;
      return [figureArtifact(heatmapFigure({ title, note }, grid))];
    }
    const rows = matrix.map((row, index) => [
      names[index]!,
      ...row.map((value) => (Number.isNaN(value) ? null : value)),
    ]);
    const titled: Words = note === undefined ? title : joinWords([title, ' (', note, ')'], '');
    return [{ type: 'table', title: titled, payload: { columns: ['index', ...names], rows } }];
  },
});

function correlate(a: Prepared, b: Prepared, method: 'pearson' | 'kendall' | 'spearman', least: number): number {
  const rows = rowsOfBoth(a, b);
  const count = rows?.length ?? a.values.length;
  if (count < least || count === 0) return NaN;
  if (method === 'spearman') return pearson(ranks(a, rows), ranks(b, rows));
  if (method === 'kendall' && a === b) return 1;
  const [x, y] = [valuesAt(a.values, rows), valuesAt(b.values, rows)];
  return method === 'pearson' ? pearson(x, y) : kendall(x, y);
}
