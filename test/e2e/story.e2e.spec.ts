import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { penguins } from './real-data.js';
import { newRun, type Run, session, trained, type Values } from './training.js';

let millrace: RunningMillrace;
let api: Caller;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  api = new Caller(millrace.url);
});
afterAll(() => (millrace as RunningMillrace | undefined)?.stop());

describe('penguins, from a file to predictions', () => {
  let dataset: { id: number; file_path: string; total_rows: number };
  let sessionId: number;

  it('shows types before the upload and stores them with it', async () => {
    const form = new FormData();
    form.set('params', JSON.stringify({ dataloader_name: 'CSVDataLoader', separator: ',', inference_rows: 1000 }));
    form.set('file', new Blob([penguins()]), 'penguins.csv');
    const preview = await api.ok<{
      sample: object[];
      inferred_types: Record<string, { type: string }>;
      preview_row_count: number;
    }>('POST', '/dataset/preview_with_types', form);
    expect(preview.preview_row_count).toBe(344);
    expect(preview.inferred_types['Species']!.type).toBe('Categorical');
    dataset = await api.dataset('penguins', penguins(), { inferred_types: preview.inferred_types });
    expect(dataset.total_rows).toBe(344);
    expect(dataset.file_path).toMatch(/^dataset-[0-9a-f-]{36}$/);
    const types = await api.ok<Record<string, { type: string }>>('GET', `/dataset/${dataset.id}/types`);
    expect(types).toMatchObject(preview.inferred_types);
    const info = await api.ok<{ nan: Values; quality_info: { data_quality_score: number } }>(
      'GET',
      `/dataset/${dataset.id}/info`,
    );
    expect(info.nan['Beak Length (mm)']).toBe(2);
    expect(info.quality_info.data_quality_score).toBeGreaterThan(90);
  });

  it('filters, sorts and pages', async () => {
    const query = new URLSearchParams({
      path: dataset.file_path,
      page: '0',
      page_size: '5',
      filterModel: JSON.stringify({ items: [{ field: 'Species', operator: 'equals', value: 'Gentoo' }] }),
      sortModel: JSON.stringify([{ id: 'Body Mass (g)', desc: true }]),
    });
    const page = await api.ok<{ rows: Record<string, unknown>[]; total: number }>('GET', `/dataset/filter/?${query}`);
    expect(page.total).toBe(124);
    expect(page.rows).toHaveLength(5);
    expect(page.rows[0]).toMatchObject({ Species: 'Gentoo', 'Body Mass (g)': 6300 });
  });

  it('checks a session before it exists and creates it', async () => {
    const columns = {
      inputs_columns: ['Island', 'Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'],
      outputs_columns: ['Species'],
    };
    const base = { task_name: 'TabularClassificationTask', dataset_id: dataset.id };
    expect(await api.ok('POST', '/model-session/validation', { ...base, ...columns })).toEqual({
      dataset_status: 'valid',
    });
    const wrong = await api.ok<{ dataset_status: string; error: string }>('POST', '/model-session/validation', {
      ...base,
      ...columns,
      outputs_columns: ['Body Mass (g)'],
      inputs_columns: ['Island'],
    });
    expect(wrong.dataset_status).toBe('invalid');
    expect(wrong.error).not.toBe('');
    const made = await api.ok<{ id: number }>(
      'POST',
      '/model-session/',
      session(dataset.id, 'penguins', { input_columns: columns.inputs_columns, output_columns: ['Species'] }),
    );
    sessionId = made.id;
  });

  it('trains boosting on the holes as they are, and scores it well', async () => {
    const run = await trained(api, sessionId, 'HistGradientBoostingClassifier', {
      max_depth: { optimize: false, fixed_value: 3, lower_bound: 1, upper_bound: 10 },
    });
    expect(run.status).toBe(3);
    expect(run.test_metrics!['Accuracy']).toBeGreaterThan(0.92);
    const splits = JSON.parse(run.split_indexes) as Record<string, number[]>;
    expect(splits['train_indexes']!.length + splits['test_indexes']!.length + splits['val_indexes']!.length).toBe(344);
  });

  it('gives the same numbers when the same run is made again', async () => {
    const [first, second] = [
      await trained(api, sessionId, 'HistGradientBoostingClassifier'),
      await trained(api, sessionId, 'HistGradientBoostingClassifier'),
    ];
    expect(second.test_metrics).toEqual(first.test_metrics);
    expect(second.split_indexes).toBe(first.split_indexes);
  });

  it('refuses holes where the model takes none, and says which column', async () => {
    const { id } = await api.ok<Run>('POST', '/run/', newRun(sessionId, 'LogisticRegression'));
    const end = await api.end(await api.submit('ModelJob', { run_id: id }));
    expect(end.status).toBe('error');
    expect(end.error).toContain('Beak Length (mm)');
    expect((await api.ok<Run>('GET', `/run/${id}`)).status).toBe(4);
  });

  it('predicts the data set, a part of it and typed rows', async () => {
    const run = await trained(api, sessionId, 'HistGradientBoostingClassifier');
    expect(await api.ok('GET', `/predict/filter_datasets?run_id=${run.id}`)).toEqual({
      valid_dataset_ids: [dataset.id],
    });
    const splits = await api.ok<{ splits: { name: string; rows: number }[] }>('GET', `/predict/splits/${run.id}`);
    const testRows = splits.splits.find(({ name }) => name === 'test')!.rows;
    for (const [split, rows] of [
      [null, 344],
      ['test', testRows],
    ] as const) {
      const prediction = await api.ok<{ id: number }>('POST', '/predict/', {
        run_id: run.id,
        dataset_id: dataset.id,
        split,
      });
      await api.run('PredictJob', { prediction_id: prediction.id });
      const [row] = await api.ok<{ results_path: string; dataset: { id: number } }[]>(
        'GET',
        `/predict/?prediction_id=${prediction.id}`,
      );
      expect(row!.dataset.id).toBe(dataset.id);
      const page = await api.ok<{ rows: Record<string, unknown>[]; total: number }>(
        'GET',
        `/dataset/file/?path=${row!.results_path}&page=0&page_size=3`,
      );
      expect(page.total).toBe(rows);
      expect(['Adelie', 'Chinstrap', 'Gentoo']).toContain(page.rows[0]!['Species']);
    }
    const form = new FormData();
    form.set('run_id', String(run.id));
    form.set(
      'manual_input_data',
      JSON.stringify([
        {
          Island: 'Biscoe',
          'Beak Length (mm)': 50,
          'Beak Depth (mm)': '15',
          'Flipper Length (mm)': 220,
          'Body Mass (g)': 5500,
        },
      ]),
    );
    const preview = await api.ok<{ columns: string[]; rows: unknown[][] }>('POST', '/predict/preview', form);
    expect(preview.columns.at(-1)).toBe('Species');
    expect(preview.rows[0]!.at(-1)).toBe('Gentoo');
  });

  it('explains which inputs matter', async () => {
    const run = await trained(api, sessionId, 'HistGradientBoostingClassifier');
    const explainer = await api.ok<{ id: number }>('POST', '/explainer/global', {
      run_id: run.id,
      explainer_name: 'PermutationFeatureImportance',
      parameters: { n_repeats: 5 },
    });
    await api.run('ExplainerJob', { explainer_id: explainer.id, explainer_scope: 'global' });
    const raw = await api.ok<{ features: string[]; importances_mean: number[] }>(
      'GET',
      `/explainer/global/${explainer.id}`,
    );
    expect(raw.features).toHaveLength(5);
    expect(Math.max(...raw.importances_mean)).toBeGreaterThan(0.05);
    const plot = await api.ok<{ type: string; payload: string }[]>('GET', `/explainer/global/plot/${explainer.id}`);
    expect(JSON.parse(plot.find(({ type }) => type === 'plotly')!.payload)).toMatchObject({
      data: expect.any(Array) as unknown,
      layout: expect.any(Object) as unknown,
    });
  });

  it('tunes a parameter and draws the search', async () => {
    const run = await trained(
      api,
      sessionId,
      'HistGradientBoostingClassifier',
      {
        learning_rate: { optimize: true, fixed_value: 0.1, lower_bound: 0.05, upper_bound: 0.5 },
        max_iter: { optimize: true, fixed_value: 20, lower_bound: 5, upper_bound: 30 },
      },
      {
        optimizer_name: 'OptunaOptimizer',
        optimizer_parameters: { n_trials: 6, sampler: 'TPESampler', pruner: 'None' },
        goal_metric: 'Accuracy',
      },
    );
    const rate = (run.parameters['learning_rate'] as { fixed_value: number }).fixed_value;
    expect(rate).toBeGreaterThanOrEqual(0.05);
    for (const plot of [1, 2, 3, 4, 'history', 'importance']) {
      const artifact = await api.ok<{ type: string; payload: string }>('GET', `/run/plot/${run.id}/${plot}`);
      expect(artifact.type).toBe('plotly');
      JSON.parse(artifact.payload);
    }
  });

  it('counts and removes what hangs on a run, resets it, and deletes all with the data set', async () => {
    const run = await trained(api, sessionId, 'DummyClassifier');
    await api.ok('POST', '/predict/', { run_id: run.id, dataset_id: dataset.id });
    expect(await api.ok('GET', `/run/${run.id}/operations/count`)).toEqual({
      explainers: 0,
      predictions: 1,
      reports: 0,
    });
    expect(await api.ok('DELETE', `/run/${run.id}/operations`)).toMatchObject({ deleted: true, total: 1 });
    const reset = await api.ok<Run>('PATCH', `/run/${run.id}/reset`);
    expect(reset).toMatchObject({ status: 0, test_metrics: null });
    expect((await api.call('DELETE', `/dataset/${dataset.id}`)).status).toBe(204);
    expect((await api.call('GET', `/run/${run.id}`)).status).toBe(404);
    expect((await api.call('GET', `/dataset/sample/file?path=${dataset.file_path}`)).status).toBe(404);
  });
});
