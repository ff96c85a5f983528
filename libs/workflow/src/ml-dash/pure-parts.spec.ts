import { describe, expect, it } from 'vitest';

import { commonSteps, curveOf, interpolate, summary } from './align-series.js';
import { flattened } from './flattened.js';
import { globExpression, type GlobStyle } from './glob.js';
import { rowBlocks } from './row-blocks.js';

describe('a glob', () => {
  const matches = (glob: string, text: string, style?: GlobStyle): boolean =>
    new RegExp(globExpression(glob, style)).test(text);

  it.each([
    ['*.png', 'a.png', true],
    ['*.png', 'dir/a.png', false],
    ['**/a.png', 'a.png', true],
    ['**/a.png', 'x/y/a.png', true],
    ['**/a.png', 'xa.png', false],
    ['images/**', 'images/x/y.png', true],
    ['?.txt', 'a.txt', true],
    ['?.txt', '/.txt', false],
    ['run-[0-9]', 'run-7', true],
    ['run-[!0-9]', 'run-7', false],
    ['run-[!0-9]', 'run-x', true],
    ['a.b', 'axb', false],
    ['a+(b)|c{2}^$', 'a+(b)|c{2}^$', true],
    ['[z-a]', '[z-a]', true],
    ['[abc', '[abc', true],
    ['[]', '[]', true],
    ['\\d', '\\d', true],
    ['\\d', '5', false],
    ['[\\d]', '5', false],
    ['[[]', '[', true],
    ['tom*/tutorials/*', 'tom_1/tutorials/x', true],
    ['tom*/tutorials/*', 'tom_1/other/x', false],
  ])('%s on %s: %s', (glob, text, expected) => {
    expect(matches(glob, text)).toBe(expected);
  });

  it('passes slashes where it is told to', () => {
    expect(matches('robot/*', 'robot/arm/left', { crossing: true })).toBe(true);
    expect(matches('robot/*', 'camera/rgb', { crossing: true })).toBe(false);
  });
});

describe('blocks of rows', () => {
  const row = (data: Record<string, unknown>, index = 0) => ({ index, data, ts: new Date(0) });

  it('share columns between neighbours of one shape, and carry every number there is', () => {
    const blocks = rowBlocks([
      row({ loss: 1.5, ok: true, note: 'x' }),
      row({ loss: NaN, ok: false, note: 'y' }),
      row({ loss: -0 }),
      row({ loss: Infinity }),
      row({ loss: null }),
      row({ list: [1, 2], deep: { a: 1 } }),
    ]);
    expect(blocks).toEqual([
      {
        columns: [
          { name: 'loss', type: 'float64' },
          { name: 'ok', type: 'bool' },
          { name: 'note', type: 'utf8' },
        ],
        rows: [
          [1.5, true, 'x'],
          ['NaN', false, 'y'],
        ],
      },
      { columns: [{ name: 'loss', type: 'float64' }], rows: [['-0'], ['Infinity'], [null]] },
      {
        columns: [
          { name: 'list', type: 'utf8' },
          { name: 'deep', type: 'utf8' },
        ],
        rows: [['[1,2]', '{"a":1}']],
      },
    ]);
    expect(rowBlocks([])).toEqual([]);
  });
});

describe('series side by side', () => {
  const one = curveOf([[3, 30], [1, 10], [2, 15], [2, 20], [NaN, 1], [4, Infinity]]); // prettier-ignore
  const other = curveOf([[0, 0], [2, 40], [4, 80]]); // prettier-ignore

  it('are ordered, the last of one x holds, and what is not finite is left out', () => {
    expect(one).toEqual({ xs: [1, 2, 3], ys: [10, 20, 30] });
  });

  it('meet on even steps of the range they share', () => {
    expect(interpolate([one, other], 5)).toEqual({
      xs: [1, 1.5, 2, 2.5, 3],
      columns: [[10, 20], [15, 30], [20, 40], [25, 50], [30, 60]], // prettier-ignore
      interpolated: 6,
    });
    expect(interpolate([one, { xs: [], ys: [] }], 2).columns).toEqual([[10], [30]]);
    expect(interpolate([one, curveOf([[9, 1]])], 3).xs).toEqual([]); // prettier-ignore
    expect(interpolate([], 3)).toEqual({ xs: [], columns: [], interpolated: 0 });
    expect(interpolate([curveOf([[5, 1]])], 3)).toEqual({ xs: [5], columns: [[1]], interpolated: 0 }); // prettier-ignore
  });

  it('or on the steps all have', () => {
    expect(commonSteps([one, other])).toEqual({ xs: [2], columns: [[20, 40]], interpolated: 0 });
    expect(commonSteps([])).toEqual({ xs: [], columns: [], interpolated: 0 });
  });

  it('are summarised as the client does it: deviation of the sample, quantiles between values', () => {
    const { mean, std, quantile } = summary([1, 2, 3, 4]);
    expect([mean, std, quantile(0.25), quantile(0.75)]).toEqual([2.5, Math.sqrt(5 / 3), 1.75, 3.25]);
    expect(summary([7]).std).toBe(0);
  });
});

it('a tree is flattened by dotted keys; lists and empty objects are leaves', () => {
  const tree = JSON.parse('{"a":{"b":{"c":1}},"l":[1,{"x":2}],"e":{},"__proto__":{"d":2},"n":null}') as Record<
    string,
    unknown
  >;
  expect(JSON.stringify(flattened(tree))).toBe('{"a.b.c":1,"l":[1,{"x":2}],"e":{},"__proto__.d":2,"n":null}');
});
