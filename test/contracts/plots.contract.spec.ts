import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { localise } from '#i18n';
import { random } from '#linalg';
import {
  barsFigure,
  binsFor,
  boxFigure,
  boxOf,
  contourFigure,
  contributionsFigure,
  figureJson,
  heatmapFigure,
  histogramFigure,
  linesFigure,
  panelsFigure,
  scatterFigure,
  type Figure,
} from '#plots';

import { figureViolations } from './plotly-schema.js';

const ROWS = 1_000_000;
const many = (seed: number): Float64Array => {
  const { normal } = random(seed);
  return Float64Array.from({ length: ROWS }, normal);
};
const [x, y] = [many(1), many(2)];
const sorted = x.slice().sort();
const bins = binsFor(x, null, false)!;
const holes = Float64Array.of(NaN, Infinity, 1);
const labels = { title: 'a < b', note: 'n', x: 'a', y: 'b', legend: 'c' };

const figures: Readonly<Record<string, Figure>> = {
  'bars with spreads': barsFigure(
    labels,
    [
      { name: 'a', value: 1, spread: 0.1 },
      { name: 'b', value: NaN },
    ],
    true,
  ),
  'plain bars': barsFigure(labels, [{ name: 'a', value: 1 }]),
  'histogram of numbers': histogramFigure(labels, bins, [
    { name: 'a', heights: new Float64Array(bins.count).fill(2) },
    { name: 'b', heights: new Float64Array(bins.count), color: 1, pattern: 1 },
  ]),
  'histogram of levels': histogramFigure(labels, ['u', 'v'], [{ name: '', heights: Float64Array.of(1, NaN) }]),
  'boxes with outliers': boxFigure(labels, [boxOf('u', sorted, 'outliers', 500)], 'outliers', false),
  'boxes with all points': boxFigure(labels, [boxOf(1, sorted, 'all', 500)], 'all', true),
  'bare boxes': boxFigure(labels, [boxOf(1, Float64Array.of(1), 'none', 500)], 'none', false),
  'a million points': scatterFigure(labels, [{ name: 'a', x, y, shade: y, size: x }], 'shade'),
  'many groups of points': scatterFigure(
    labels,
    Array.from({ length: 20 }, (_, g) => ({
      name: String(g),
      x: x.subarray(g * 50_000, (g + 1) * 50_000),
      y: y.subarray(g * 50_000, (g + 1) * 50_000),
      color: g,
      symbol: g,
    })),
  ),
  'points with holes': scatterFigure(labels, [{ name: 'a', x: holes, y: holes, shade: holes, size: holes }]),
  'a line of a million points': linesFigure(labels, [{ name: 'a', x, y, mode: 'lines+markers', spread: y }]),
  'short lines': linesFigure(labels, [
    { name: 'a', x: ['u', 'v'], y: [1, 2] },
    { name: 'b', x: ['u', 'v'], y: [NaN, 2] },
  ]),
  'contours of a thousand trials': contourFigure(labels, {
    x: [...x.subarray(0, 1000)],
    y: [...y.subarray(0, 1000)],
    z: [...x.subarray(1000, 2000)],
    log: { x: false, y: false },
    colorbar: 'score',
    largerIsBetter: true,
  }),
  'panels of a thousand trials': panelsFigure(labels, [
    { label: 'a', x: [...x.subarray(0, 1000)], y: [...y.subarray(0, 1000)], log: true },
    { label: 'b', x: ['u', 'v'], y: [1, NaN] },
  ]),
  contributions: contributionsFigure(labels, [
    { name: 'a', value: 1 },
    { name: 'b', value: -2 },
    { name: 'c', value: NaN },
  ]),
  'a heat map': heatmapFigure(labels, {
    x: ['a', 'b'],
    y: [1, 2],
    z: [
      [1, NaN],
      [0, 1],
    ],
    scale: 'diverging',
    limit: 1,
  }),
  'a large heat map': heatmapFigure(labels, {
    x: Array.from({ length: 150 }, (_, i) => i),
    y: Array.from({ length: 150 }, (_, i) => i),
    z: Array.from({ length: 150 }, (_, i) =>
      Array.from(x.subarray(i * 150, (i + 1) * 150), (v) => Number(v.toFixed(4))),
    ),
    scale: 'sequential',
    limit: 3,
    colorbar: 'share',
  }),
};

describe.each(Object.entries(figures))('%s', (_, figure) => {
  it('is a figure Plotly knows', () => expect(figureViolations(figureJson(figure))).toEqual([]));
  it('stays below 200 kB', () => expect(gzipSync(figureJson(figure)).length).toBeLessThan(200_000));
  it('has a title, as text and not as markup', () => {
    const { layout } = localise(JSON.parse(figureJson(figure)), 'de') as { layout: { title: { text: string } } };
    expect(layout.title.text).toMatch(/^a &lt; b<br><sub>n/);
  });
});

it('the check refuses misspelled attributes, wrong kinds and unknown types', () => {
  const broken = {
    data: [{ type: 'bar', colour: 1, width: 'wide' }, { type: 'pie' }],
    layout: { barmode: 'piled' },
    frames: [],
  };
  expect(figureViolations(JSON.stringify(broken))).toEqual([
    'frames is unknown',
    'data[0].colour is unknown',
    'data[0].width is no number[]',
    'data[1] has the unknown type "pie"',
    'layout.barmode is "piled"',
  ]);
});
