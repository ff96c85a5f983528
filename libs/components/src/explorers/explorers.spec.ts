import { describe, expect, it } from 'vitest';

import { manifestOf, namedColumn, parametersFor, registry } from '#components';
import { columnMetadata, columnRuleOf, misfit, type ColumnRule } from '#contract';
import { categoricalColumn, createFrame, numericColumn, textColumn, typeEntry, type Column } from '#frame';
import { localise } from '#i18n';
import { random } from '#linalg';

import { crossed, groupsOf } from './groups.js';
import { kendall } from './correlation.js';

interface Drawn {
  data: Record<string, unknown>[];
  layout: { title: { text: string }; [key: string]: unknown };
}
function draw(name: string, columns: readonly Column[], chosen: string[], given: Record<string, unknown> = {}): Drawn {
  const explorer = registry.find(name, 'explorer');
  const [artifact] = explorer.explore(createFrame(columns), chosen, parametersFor(explorer, given), { seed: 1 });
  if (artifact?.type !== 'plotly') throw new Error('no figure');
  return localise(JSON.parse(artifact.payload), 'en') as Drawn;
}
const integers = (name: string, values: readonly number[]) => numericColumn(name, values, typeEntry('Integer'));

describe('DensityHeatmapExplorer', () => {
  const a = integers('a', [1, 1, 2, 2, NaN]);
  const g = categoricalColumn('g', ['u', 'v', 'v', 'v', 'u']);

  it('counts the rows of each cell, the second column rising', () => {
    const { data, layout } = draw('DensityHeatmapExplorer', [a, g], ['a', 'g']);
    expect(data).toMatchObject([
      {
        x: [1, 2],
        y: ['u', 'v'],
        z: [
          [1, 0],
          [1, 2],
        ],
      },
    ]);
    expect(layout['yaxis']).not.toHaveProperty('autorange');
    expect(layout.title.text).toBe('Density Heatmap of a vs g<br><sub>1 rows without both values left out</sub>');
  });

  it('takes as many bins as asked for, and rarer levels together', () => {
    const b = numericColumn(
      'b',
      Float64Array.from({ length: 500 }, (_, row) => row / 7),
    );
    const many = categoricalColumn(
      'many',
      Array.from({ length: 500 }, (_, row) => `level ${row % 100}`),
    );
    const [{ x, y, z } = {}] = draw('DensityHeatmapExplorer', [b, many], ['b', 'many'], { nbinsx: 8 }).data;
    expect((x as unknown[]).length).toBeLessThanOrEqual(8);
    expect([(y as string[]).length, (y as string[]).at(-1)]).toEqual([50, 'Other (51)']);
    expect((z as number[][]).flat().reduce((sum, count) => sum + count, 0)).toBe(500);
  });
});

describe('HistogramPlotExplorer', () => {
  const n = integers('n', [1, 1, 2, 4, NaN]);
  const g = categoricalColumn('g', ['u', 'v', 'u', null, 'u']);
  const heights = (given: Record<string, unknown>) => draw('HistogramPlotExplorer', [n, g], ['n'], given).data[0]!['y'];

  it('counts whole numbers each in their own bar', () => {
    const { data, layout } = draw('HistogramPlotExplorer', [n], ['n'], { nbins: 10 });
    expect(data).toMatchObject([{ x: [1, 2, 3, 4], y: [2, 1, 0, 1], width: 1 }]);
    expect(layout.title.text).toBe('Histogram of n<br><sub>1 missing or infinite values left out</sub>');
  });

  it('sums, averages and finds the ends of the values in a bar', () => {
    expect(heights({ histfunc: 'sum', nbins: 10 })).toEqual([2, 2, 0, 4]);
    expect(heights({ histfunc: 'avg', nbins: 10 })).toEqual([1, 2, null, 4]);
    expect(heights({ histfunc: 'min', nbins: 2 })).toEqual([1, 2]);
  });

  it('normalises as Plotly does', () => {
    expect(heights({ histnorm: 'percent', nbins: 10 })).toEqual([50, 25, 0, 25]);
    expect(heights({ histnorm: 'probability', nbins: 10 })).toEqual([0.5, 0.25, 0, 0.25]);
    expect(heights({ histnorm: 'density', nbins: 1 })).toEqual([4 / 3]);
    expect(heights({ histnorm: 'probability density', nbins: 1 })).toEqual([1 / 3]);
  });

  it('draws a series per group, missing ones too, each normalised for itself', () => {
    const { data, layout } = draw('HistogramPlotExplorer', [n, g], ['n'], {
      color_group: 'g',
      histnorm: 'percent',
      nbins: 10,
    });
    expect(data).toMatchObject([
      { name: 'u', y: [50, 50, 0, 0] },
      { name: 'v', y: [100, 0, 0, 0] },
      { name: '(missing)', y: [0, 0, 0, 100] },
    ]);
    expect(layout['legend']).toEqual({ title: { text: 'g' } });
  });

  it('labels the empty normalisation in the form', () => {
    const { schema } = manifestOf(registry.find('HistogramPlotExplorer', 'explorer')) as unknown as {
      schema: { properties: Record<string, { enum: string[]; enumNames: { en: string }[] }> };
    };
    const { enum: options, enumNames } = schema.properties['histnorm']!;
    expect([options[0], enumNames[0]!.en, enumNames.length]).toEqual(['', 'Count', options.length]);
  });

  it('counts levels, and refuses to sum them', () => {
    expect(draw('HistogramPlotExplorer', [g], ['g']).data).toMatchObject([
      { x: ['u', 'v', '(missing)'], y: [3, 1, 1] },
    ]);
    expect(() => draw('HistogramPlotExplorer', [g], ['g'], { histfunc: 'sum' })).toThrow(
      expect.objectContaining({ code: 'explorer-parameters-invalid' }),
    );
  });
});

describe('BoxPlotExplorer', () => {
  it('draws five numbers and the outliers', () => {
    const { data } = draw('BoxPlotExplorer', [numericColumn('a', [1, 2, 3, 4, 100, NaN])], ['a']);
    expect(data).toMatchObject([
      { q1: [2], median: [3], q3: [4], lowerfence: [1], upperfence: [4], y: [[100]], x: ['a'] },
    ]);
  });

  it('draws a box per value of the first column, or per range of many', () => {
    const by = integers('by', [2, 1, 2, 1]);
    const { data, layout } = draw('BoxPlotExplorer', [by, numericColumn('a', [1, 2, 3, 4])], ['by', 'a'], {
      horizontal: true,
    });
    expect(data).toMatchObject([{ orientation: 'h', y: [1, 2], median: [3, 2] }]);
    expect(layout.title.text).toBe('Boxplot of by vs a');
    const many = numericColumn(
      'many',
      Array.from({ length: 100 }, (_, row) => row),
    );
    const cut = draw(
      'BoxPlotExplorer',
      [
        many,
        numericColumn(
          'a',
          Array.from({ length: 100 }, () => 1),
        ),
      ],
      ['many', 'a'],
    );
    expect((cut.data[0]!['x'] as string[])[0]).toBe('0 … 5');
    expect(cut.layout.title.text).toContain('many cut into ranges');
  });

  it('shows no points when none are asked for', () =>
    expect(draw('BoxPlotExplorer', [numericColumn('a', [1, 2, 90])], ['a'], { points: 'False' }).data[0]).toMatchObject(
      {
        boxpoints: false,
      },
    ));
});

describe('ScatterPlotExplorer', () => {
  const columns = [
    numericColumn('x', [1, 2, NaN]),
    numericColumn('y', [5, 6, 7]),
    categoricalColumn('g', ['u', 'v', 'u']),
  ];

  it('leaves out rows without both values and says so', () => {
    const { data, layout } = draw('ScatterPlotExplorer', columns, ['x', 'y']);
    expect(data).toMatchObject([{ x: [1, 2], y: [5, 6] }]);
    expect(layout.title.text).toBe('Scatter Plot of x vs y<br><sub>1 rows without both values left out</sub>');
  });

  it('colours groups apart, numbers along a scale, and sizes by area', () => {
    const grouped = draw('ScatterPlotExplorer', columns, ['x', 'y'], { color_group: 'g', simbol_group: 'g' });
    expect(grouped.data.map(({ name }) => name)).toEqual(['u, u', 'v, v']);
    const [trace] = draw('ScatterPlotExplorer', columns, ['x', 'y'], { color_group: 'y', point_size: 'y' }).data;
    expect(trace!['marker']).toMatchObject({ color: [5, 6], cmin: 5, cmax: 6, size: [5, 6], sizemode: 'area' });
  });

  it('thins many points, keeps the extremes and says how many are drawn', () => {
    const { normal } = random(2);
    const cloud = Array.from({ length: 60_000 }, normal);
    cloud[777] = 99;
    const { data, layout } = draw(
      'ScatterPlotExplorer',
      [numericColumn('x', cloud), numericColumn('y', cloud.toReversed())],
      ['x', 'y'],
    );
    expect((data[0]!['x'] as number[]).length).toBeLessThan(5010);
    expect(data[0]!['x']).toContain(99);
    expect(layout.title.text).toMatch(/<sub>[\d,]+ of 60,000 points, thinned by density; extremes kept<\/sub>$/);
  });
});

describe('CorrelationMatrixExplorer', () => {
  it('leaves out or refuses columns without numbers', () => {
    const columns = [numericColumn('a', [1, 2, 3]), numericColumn('b', [1, 3, 2]), textColumn('t', ['x', 'y', 'z'])];
    expect(draw('CorrelationMatrixExplorer', columns, ['a', 'b', 't']).data).toMatchObject([
      {
        z: [
          [1, 0.5],
          [0.5, 1],
        ],
      },
    ]);
    expect(() => draw('CorrelationMatrixExplorer', columns, ['a', 'b', 't'], { numeric_only: false })).toThrow(
      expect.objectContaining({ code: 'values-not-convertible' }),
    );
  });

  it('says when there are too many columns to draw', () => {
    const many = Array.from({ length: 151 }, (_, at) => numericColumn(`c${at}`, [1, at, 3]));
    const { layout } = draw(
      'CorrelationMatrixExplorer',
      many,
      many.map(({ name }) => name),
    );
    expect(layout.title.text).toContain('the first 150 of 151 columns');
  });

  it('tau-b equals its definition by pairs', () => {
    const { below } = random(4);
    const [x, y] = [0, 1].map(() => Float64Array.from({ length: 60 }, () => below(9)));
    let [score, tiedX, tiedY] = [0, 0, 0];
    for (let i = 0; i < 60; i++)
      for (let j = 0; j < i; j++) {
        const [a, b] = [Math.sign(x![i]! - x![j]!), Math.sign(y![i]! - y![j]!)];
        score += a * b;
        if (a === 0) tiedX++;
        if (b === 0) tiedY++;
      }
    expect(kendall(x!, y!)).toBeCloseTo(score / Math.sqrt((1770 - tiedX) * (1770 - tiedY)), 12);
  });
});

describe('groups', () => {
  const frame = createFrame([categoricalColumn('g', ['a', 'b', 'b', 'c', 'd', 'd', null])]);
  it('gathers the rarer levels as Other, the missing apart', () => {
    const { names, codes } = groupsOf(frame, 'g', 4)!;
    expect(localise(names, 'en')).toEqual(['b', 'd', 'Other (2)', '(missing)']);
    expect(localise(names, 'de')).toEqual(['b', 'd', 'Andere (2)', '(fehlt)']);
    expect([...codes]).toEqual([2, 0, 0, 2, 1, 1, 3]);
    expect(localise(groupsOf(frame, 'g', 9)!.names, 'en')).toEqual(['a', 'b', 'c', 'd', '(missing)']);
    expect(groupsOf(frame, null, 9)).toBeNull();
  });
  it('cuts numbers of many values into ranges', () => {
    const many = createFrame([
      numericColumn(
        'm',
        Array.from({ length: 2000 }, (_, row) => (row === 5 ? NaN : row)),
      ),
    ]);
    expect(localise(groupsOf(many, 'm', 6)!.names, 'en')).toEqual([
      '0 … 500',
      '500 … 1000',
      '1000 … 1500',
      '1500 … 2000',
      '(missing)',
    ]);
  });
  it('crosses two groupings into the pairs that occur', () => {
    const groups = groupsOf(frame, 'g', 9);
    expect(crossed([0, 1, 2], groups, groups).map(({ name, rows }) => [name, [...rows]])).toEqual([
      ['a, a', [0]],
      ['b, b', [1, 2]],
    ]);
    expect(crossed([], null, null)).toEqual([]);
  });
});

describe('column rules and names', () => {
  const [a, w] = [integers('a', []), categoricalColumn('w', [])];
  it('say what does not fit', () => {
    const rule = { types: ['Integer', 'Categorical'], min: 1, max: 2, numericStorage: true } as const;
    expect(misfit(rule, [a])).toBeNull();
    expect(misfit(rule, [])?.en).toBe('at least 1 columns are needed and 0 are chosen');
    expect(misfit(rule, [a, a, a])?.en).toBe('at most 2 columns are taken and 3 are chosen');
    expect(misfit(rule, [textColumn('t', [])])).toMatchObject({
      en: '"t" is Text, not Integer or Categorical',
      de: '"t" ist Text, nicht Integer oder Categorical',
    });
    expect(misfit(rule, [w])?.en).toBe('"w" is stored as text, not as numbers');
    expect(misfit({ types: ['*'] }, [w])).toBeNull();
  });
  it('survive the way through a manifest', () => {
    const rules: ColumnRule[] = [
      { types: ['*'], min: 1 },
      { types: ['Float', 'Integer'], min: 2, max: 2, numericStorage: true },
      { types: ['Date'], min: 1, max: 3 },
    ];
    for (const rule of rules)
      expect(columnRuleOf(JSON.parse(JSON.stringify(columnMetadata(rule))) as object as never)).toEqual(rule);
    expect(columnRuleOf({})).toBeNull();
  });
  it('find a column by name or number', () => {
    expect([
      namedColumn('b', ['a', 'b']),
      namedColumn(0, ['a', 'b']),
      namedColumn('', []),
      namedColumn(null, []),
    ]).toEqual(['b', 'a', null, null]);
    expect(() => namedColumn(2, ['a', 'b'])).toThrow(expect.objectContaining({ code: 'column-not-found' }));
  });
});
