import { AppError, choice, int, orNull, phrase, type Words } from '#contract';
import { column, type Column } from '#frame';
import { binOf, binsFor, countText, figureArtifact, histogramFigure, type BarGroup, type Bins } from '#plots';

import { namedColumn } from '../kit/columns.js';
import { defineExplorer } from '../kit/explorer.js';
import { textsOf } from '../kit/texts.js';

import { heightTitle } from './height-words.js';
import { words } from './explorer-words.js';
import { groupTexts, optionalColumn } from './column-params.js';
import { crossed, groupsOf } from './groups.js';
import { gather, normalise } from './heights.js';
import { histogramTexts } from './histogram-texts.js';
import { refusals } from './refusal-words.js';

const MOST_COLORS = 10;
const MOST_PATTERNS = 6;
const MOST_LEVELS = 50;
/** Bars of all groups together. */
const MOST_BARS = 12_000;

export const histogramPlotExplorer = defineExplorer({
  name: 'HistogramPlotExplorer',
  group: 'Distribution',
  columns: { types: ['Float', 'Integer', 'Categorical'], min: 1, max: 1 },
  columnParams: ['color_group', 'pattern_group'],
  params: {
    nbins: orNull(int({ default: 0, min: 1 })),
    histfunc: choice({ default: 'count', options: ['count', 'sum', 'avg', 'min', 'max'] }),
    histnorm: choice({
      default: '',
      options: ['', 'percent', 'probability', 'density', 'probability density'],
      labels: histogramTexts.norms,
    }),
    color_group: optionalColumn(),
    pattern_group: optionalColumn(),
  },
  texts: textsOf(histogramTexts.head, {
    ...histogramTexts.params,
    color_group: groupTexts.color,
    pattern_group: groupTexts.pattern,
  }),
  notes: [
    'Bars are computed here, not in the browser: at most as many bins as asked for, of a round width.',
    'sum, avg, min and max aggregate the column itself inside each bin; Plotly would count instead. Levels can only be counted.',
    'At most 50 levels, 10 colours and 6 patterns; the rarer ones stand together as "Other".',
  ],

  explore(frame, [name = ''], { nbins, histfunc, histnorm, color_group, pattern_group }) {
    const source = column(frame, name);
    const names = frame.columns.map((one) => one.name);
    const [colorName, patternName] = [namedColumn(color_group, names), namedColumn(pattern_group, names)];
    const colors = groupsOf(frame, colorName, MOST_COLORS);
    const patterns = groupsOf(frame, patternName, MOST_PATTERNS);
    const cells = crossed(
      Uint32Array.from({ length: frame.rows }, (_, row) => row),
      colors,
      patterns,
    );
    const labels = {
      title: phrase(words.histogram, { column: name }),
      x: name,
      y: heightTitle(histfunc, histnorm, name),
      note: missingNote(source, frame.rows),
      legend: [colorName, patternName].filter((part) => part).join(', ') || undefined,
    };
    const levels = source.kind === 'numeric' ? null : groupsOf(frame, name, MOST_LEVELS)!;
    if (levels && histfunc !== 'count')
      throw new AppError('explorer-parameters-invalid', {
        parameter: 'histfunc',
        reason: phrase(refusals.onlyCounted, { column: name }),
      });
    const values = source.kind === 'numeric' ? source.values : new Float64Array(0);
    const most = Math.max(1, Math.floor(MOST_BARS / Math.max(1, cells.length)));
    const bins = levels
      ? null
      : binsFor(values, nbins === null ? null : Math.min(nbins, most), source.type.type === 'Integer');
    const size = levels?.names.length ?? bins?.count ?? 0;
    const width = bins?.width ?? 1;
    const at = (row: number): number => (levels ? levels.codes[row]! : bins ? binOf(bins, values[row]!) : -1);
    const groups = cells.map(({ first, second, name: group, rows }): BarGroup => {
      const heights = gather(rows, values, at, size, histfunc);
      return { name: group, heights: normalise(heights, histnorm, width), color: first, pattern: second };
    });
    const shown: Bins | readonly Words[] = levels?.names ?? bins ?? [];
    return [figureArtifact(histogramFigure(labels, shown, groups))];
  },
});

/** Missing levels are a bar of their own; missing numbers have no place on the axis, so the figure names them. */
function missingNote(source: Column, rows: number): Words | undefined {
  if (rows === 0) return words.noValues;
  if (source.kind !== 'numeric') return undefined;
  const left = source.values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  return left > 0 ? phrase(words.valuesLeftOut, { count: countText(left) }) : undefined;
}
