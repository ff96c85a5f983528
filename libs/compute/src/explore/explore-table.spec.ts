import { beforeAll, describe, expect, it } from 'vitest';

import { Artifact, type TaskInput } from '#contract';
import { createFrame, numericColumn, typeEntry } from '#frame';
import { Cancelled } from '#linalg';

import { failure, table, words } from '../host.fixture.js';
import { tasks } from '../index.js';
import { diskHost } from '../tables.fixture.js';

const host = diskHost();
beforeAll(() => host().store('tables/t', table()));

const explore = (component: string, columns: string[], params: TaskInput<'explore-table'>['explorer']['params'] = {}) =>
  tasks['explore-table']({ tableKey: 'tables/t', columns, explorer: { component, params } }, host());

describe('explore-table', () => {
  it('answers artifacts in their places', async () => {
    const { artifacts } = await explore('ScatterPlotExplorer', ['length', 'price'], { color_group: 'species' });
    expect(artifacts).toMatchObject([{ type: 'plotly', role: 'explanation', index: 0 }]);
    expect(artifacts.every((artifact) => Artifact.safeParse(artifact).success)).toBe(true);
    expect(JSON.stringify(artifacts)).toContain('virginica');
  });

  it('takes a column by name or number, and loads it beside the chosen ones', async () => {
    const byName = await explore('HistogramPlotExplorer', ['price'], { color_group: 'colour' });
    expect(await explore('HistogramPlotExplorer', ['price'], { color_group: 1 })).toEqual(byName);
    expect(await explore('HistogramPlotExplorer', ['price'], { color_group: '' })).toEqual(
      await explore('HistogramPlotExplorer', ['price'], { color_group: null }),
    );
  });

  it('gives tables without NaN', async () => {
    await host().store('tables/one', createFrame([numericColumn('a', [1], typeEntry('Integer')), words('w', ['x'])]));
    const input = {
      tableKey: 'tables/one',
      columns: ['a', 'w'],
      explorer: { component: 'DescribeExplorer', params: {} },
    };
    const { artifacts } = await tasks['explore-table'](input, host());
    expect(artifacts).toMatchObject([{ payload: { columns: ['index', 'a', 'w'] } }]);
    const rows = (artifacts[0] as { payload: { rows: unknown[][] } }).payload.rows;
    expect(rows.find(([name]) => name === 'std')).toEqual(['std', null, null]);
    expect(JSON.parse(JSON.stringify(artifacts))).toEqual(artifacts);
  });

  it('refuses columns and parameters that do not fit, before reading data', async () => {
    expect(await failure(explore('ScatterPlotExplorer', ['length']))).toMatchObject({
      code: 'explorer-columns-invalid',
      reason: 'exactly 2 columns are needed and 1 are chosen',
    });
    expect(await failure(explore('ScatterPlotExplorer', ['length', 'colour']))).toMatchObject({
      code: 'explorer-columns-invalid',
      reason: '"colour" is stored as text, not as numbers',
    });
    expect(await failure(explore('BoxPlotExplorer', ['species']))).toMatchObject({
      reason: '"species" is Categorical, not Float or Integer',
    });
    expect(await failure(explore('BoxPlotExplorer', ['weight']))).toEqual({
      code: 'column-not-found',
      column: 'weight',
    });
    expect(await failure(explore('HistogramPlotExplorer', ['price'], { color_group: 17 }))).toMatchObject({
      code: 'column-not-found',
    });
    expect(await failure(explore('HistogramPlotExplorer', ['price'], { nbins: 0 }))).toMatchObject({
      code: 'parameters-invalid',
      parameter: 'nbins',
    });
    expect(await failure(explore('DescribeExplorer', ['price'], { percentiles: '25,fifty' }))).toMatchObject({
      code: 'explorer-parameters-invalid',
      parameter: 'percentiles',
    });
    expect(await failure(explore('NoSuchExplorer', []))).toMatchObject({ code: 'component-not-found' });
  });

  it('stops when cancelled', async () => {
    host().stopWith(new Cancelled());
    await expect(explore('DescribeExplorer', ['price'])).rejects.toThrow(Cancelled);
  });
});
