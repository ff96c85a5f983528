import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { movies, seattleWeather } from './real-data.js';
import { session, trained } from './training.js';

let millrace: RunningMillrace;
let api: Caller;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  api = new Caller(millrace.url);
});
afterAll(() => (millrace as RunningMillrace | undefined)?.stop());

describe('seattle weather: regression and a notebook', () => {
  it('predicts the maximum from the rest with every first regressor', async () => {
    const dataset = await api.dataset('weather', seattleWeather());
    const types = await api.ok<Record<string, { type: string; dtype: string }>>('GET', `/dataset/${dataset.id}/types`);
    expect(types['date']).toMatchObject({ type: 'Date', dtype: '%Y-%m-%d' });
    const made = await api.ok<{ id: number }>(
      'POST',
      '/model-session/',
      session(dataset.id, 'weather', {
        task_name: 'RegressionTask',
        input_columns: ['precipitation', 'temp_min', 'wind', 'weather'],
        output_columns: ['temp_max'],
        train_metrics: ['R2'],
        validation_metrics: ['R2'],
        test_metrics: ['R2', 'RMSE', 'MAE'],
      }),
    );
    for (const model of ['LinearRegression', 'RidgeRegression', 'RandomForestRegression']) {
      const run = await trained(api, made.id, model);
      expect(run.test_metrics!['R2'], model).toBeGreaterThan(0.7);
    }
  });

  it('explores, converts, undoes and saves a notebook', async () => {
    const dataset = await api.dataset('weather for a notebook', seattleWeather());
    const notebook = await api.ok<{ id: number; file_path: string }>('POST', '/notebook/', {
      dataset_id: dataset.id,
      name: 'look',
    });
    const column = (columnName: string) => ({ columnName });
    const explorers: [string, string[], object][] = [
      ['DescribeExplorer', ['temp_max', 'wind'], {}],
      ['HistogramPlotExplorer', ['temp_max'], {}],
      ['ScatterPlotExplorer', ['temp_min', 'temp_max'], {}],
      ['BoxPlotExplorer', ['wind'], {}],
      ['CorrelationMatrixExplorer', ['temp_min', 'temp_max', 'wind'], {}],
    ];
    for (const [type, columns, parameters] of explorers) {
      const explorer = await api.ok<{ id: number }>('POST', '/explorer', {
        notebook_id: notebook.id,
        exploration_type: type,
        columns: columns.map(column),
        parameters,
      });
      await api.run('ExplorerJob', { explorer_id: explorer.id });
      const artifacts = await api.ok<{ type: string }[]>('POST', `/explorer/${explorer.id}/results/`, {});
      expect(artifacts.length, type).toBeGreaterThan(0);
    }
    const before = await api.ok<{ rows: Record<string, number>[] }>(
      'GET',
      `/dataset/filter/?path=${notebook.file_path}&page_size=1`,
    );
    const step = await api.ok<{ id: number }>('POST', '/converter', {
      notebook_id: notebook.id,
      converter: 'StandardScaler',
      parameters: { order: 0, params: {}, scope: { columns: [column('temp_max')], rows: [] }, target: null },
    });
    await api.run('ConverterJob', { converter_id: step.id });
    const after = await api.ok<{ rows: Record<string, number>[] }>(
      'GET',
      `/dataset/filter/?path=${notebook.file_path}&page_size=1`,
    );
    expect(after.rows[0]!['temp_max']).not.toBe(before.rows[0]!['temp_max']);
    expect(after.rows[0]!['wind']).toBe(before.rows[0]!['wind']);
    const saved = await api.ok<{ id: number }>('POST', '/dataset/', { name: 'scaled weather' });
    await api.run('DatasetJob', {
      dataset_id: saved.id,
      notebook_id: notebook.id,
      url: '',
      params: { name: 'scaled weather' },
    });
    expect(await api.ok('DELETE', `/converter/${step.id}`)).toMatchObject({ jobId: null, job_id: null });
    expect(await api.ok('GET', `/dataset/filter/?path=${notebook.file_path}&page_size=1`)).toEqual(before);
    const kept = await api.ok<{ id: number; file_path: string }>('GET', `/dataset/${saved.id}`);
    expect(await api.ok('GET', `/dataset/filter/?path=${kept.file_path}&page_size=1`)).toEqual(after);
  });
});

describe('movies: mixed types and holes', () => {
  it('stores every row and exports it again', async () => {
    const dataset = await api.dataset('movies', movies());
    expect(dataset.total_rows).toBe(3201);
    const exported = await api.call<string>('GET', `/dataset/${dataset.id}/export/csv`);
    expect(exported.headers.get('content-disposition')).toContain('movies.csv');
    const again = await api.dataset('movies again', exported.body);
    expect(again.total_rows).toBe(3201);
    const [first, second] = await Promise.all([dataset, again].map(({ id }) => api.ok('GET', `/dataset/${id}/sample`)));
    expect(second).toEqual(first);
  });
});
