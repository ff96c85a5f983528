import { beforeAll, expect, it } from 'vitest';

import { a, call, data, type Dataset, detailsOf, get, kinds, post, upload, work } from './client.js';

const METRICS = ['Accuracy', 'F1'];
/** As the client builds it for folds: the splitter's own parameters beside its two keys. */
const splits = JSON.stringify({ splitter_name: 'StratifiedKFoldSplitter', splitType: 'cv', n_splits: 3, shuffle: true, random_state: 7 }); // prettier-ignore
const number = (value: number): object => ({ optimize: false, fixed_value: value });
const emptied = { data: [], layout: {} };

interface Row {
  readonly id: number;
}
let dataset: Dataset;
let session: Row;
let runs: readonly Row[];
const newRun = (name: string, model: string, more: object = {}): Promise<Row> =>
  post('/v1/run/', { model_session_id: session.id, model_name: model, name, parameters: {}, optimizer_name: '', optimizer_parameters: {}, plot_history_path: '', plot_slice_path: '', plot_contour_path: '', plot_importance_path: '', goal_metric: '', description: '', ...more }); // prettier-ignore

beforeAll(async () => {
  dataset = await upload('judged');
  session = await post('/v1/model-session/', { dataset_id: dataset.id, task_name: 'TabularClassificationTask', name: 'judged', input_columns: ['length', 'width'], output_columns: ['kind'], train_metrics: METRICS, validation_metrics: METRICS, test_metrics: METRICS, evaluation_strategy: 'CrossValidationEvaluationStrategy', splits }); // prettier-ignore
  runs = [
    await newRun('tree', 'DecisionTreeClassifier', { parameters: { max_depth: number(1) } }),
    await newRun('bayes', 'GaussianNB'),
  ];
  for (const { id } of runs) await work('ModelJob', { run_id: id });
});

it('GET /v1/run/{id}/fold-metrics by part and scope, the outer ones, model_artifacts', async () => {
  const [tree] = runs;
  const folds = await get<Record<string, number[]>>(`/v1/run/${tree!.id}/fold-metrics`, {
    metric_split: 'test',
    scope: 'default',
  });
  expect(Object.keys(folds).sort()).toEqual(METRICS);
  expect(folds['Accuracy']).toEqual([a.number, a.number, a.number]);
  for (const outer of ['outer-fold-metrics', 'outer-averaged-metrics']) {
    expect([404, 400]).toContain((await call('GET', `/v1/run/${tree!.id}/${outer}`)).status);
  }
  expect(await get(`/v1/run/${tree!.id}/model_artifacts`)).toMatchObject({ artifacts: a.list });
});

it('a nested search has its outer folds under both of their addresses', async () => {
  const searched = { optimize: true, fixed_value: 1, lower_bound: 1, upper_bound: 3 };
  const nested = await newRun('nested', 'DecisionTreeClassifier', {
    parameters: { max_depth: searched },
    optimizer_name: 'OptunaOptimizer',
    optimizer_parameters: { n_trials: 2, sampler: 'TPESampler', pruner: 'None' },
    goal_metric: 'Accuracy',
    nested: { splitter_name: 'KFoldSplitter', n_splits: 2, shuffle: true, random_state: 1 },
  });
  await work('ModelJob', { run_id: nested.id });
  const folds = await get<{ Accuracy: number[] }>(`/v1/run/${nested.id}/outer-fold-metrics`);
  expect(folds.Accuracy.length).toBeGreaterThan(1);
  expect(await get(`/v1/run/${nested.id}/fold-metrics`, { scope: 'outer' })).toEqual(folds);
  const averaged = await get(`/v1/run/${nested.id}/outer-averaged-metrics`);
  expect(averaged).toMatchObject({ validation_metrics: { Accuracy: a.number } });
});

it('statistical tests: run, save, list, delete as the comparison page does', async () => {
  const [tree, bayes] = runs;
  const scores = async ({ id }: Row): Promise<number[]> =>
    (await get<{ Accuracy: number[] }>(`/v1/run/${id}/fold-metrics`, { metric_split: 'test' })).Accuracy;
  const body = { test_name: 'CorrectedPairedTTest', run_ids: [tree!.id, bayes!.id], run_names: { [tree!.id]: 'tree', [bayes!.id]: 'bayes' }, fold_metrics: { [tree!.id]: await scores(tree!), [bayes!.id]: await scores(bayes!) }, alpha: 0.05, params: {} }; // prettier-ignore
  const result = await post<object>('/v1/statistical-tests/run', body);
  expect(result).toMatchObject({ test_name: body.test_name, significant: a.flag, alpha: 0.05, details: a.record, interpretation: a.text }); // prettier-ignore
  expect(result).toHaveProperty('p_value');
  expect(result).toHaveProperty('posthoc');
  const kept = { ...result, metric_name: 'Accuracy', metric_split: 'TEST', run_ids: body.run_ids, run_names: body.run_names, model_session_id: session.id, name: 'tree against bayes' }; // prettier-ignore
  const [saved] = await post<Row[]>('/v1/statistical-tests/save', [kept]);
  expect(saved).toMatchObject({ id: a.number, name: kept.name, created: a.text });
  expect(await get('/v1/statistical-tests/saved', { model_session_id: session.id })).toEqual([saved]);
  expect(await data('DELETE', `/v1/statistical-tests/saved/${saved!.id}`)).toEqual({ deleted: true, id: saved!.id });
});

it('GET and POST /v1/report/, its job, its artifacts, an edited figure and its way back, DELETE', async () => {
  const [, bayes] = runs;
  const { id } = await post<Row>('/v1/report/', { run_id: bayes!.id, report_name: 'ConfusionMatrix', parameters: {} });
  expect(await get(`/v1/report/${id}/artifacts`)).toEqual([]);
  await work('ReportJob', { report_id: id });
  const rows = await get<object[]>('/v1/report/', { run_id: bayes!.id });
  expect(rows).toMatchObject([{ id, run_id: bayes!.id, report_name: 'ConfusionMatrix', parameters: a.record, status: 3, created: a.text }]); // prettier-ignore
  const artifacts = `/v1/report/${id}/artifacts`;
  const computed = await get<object[]>(artifacts);
  expect(computed.length).toBeGreaterThan(0);
  await data('PUT', `/v1/report/${id}/override`, { json: { index: 0, figure: emptied } });
  expect(JSON.stringify(await get(artifacts))).toContain('"overridden":true');
  expect(await data('DELETE', `/v1/report/${id}/override/0`)).toEqual({ status: 'ok' });
  expect(await get(artifacts)).toEqual(computed);
  expect((await call('DELETE', `/v1/report/${id}`)).status).toBeLessThan(300);
  expect(await get('/v1/report/', { run_id: bayes!.id })).toEqual([]);
});

it('local explainers: data sets, parts, creation, its job, its groups, an override, the raw answer, DELETE', async () => {
  const [, bayes] = runs;
  const run_id = bayes!.id;
  expect(await post('/v1/explainer/local/valid-datasets', { run_id })).toMatchObject({ valid_dataset_ids: expect.arrayContaining([dataset.id]) as number[] }); // prettier-ignore
  expect(await post('/v1/explainer/local/validate-dataset', { run_id, dataset_id: dataset.id })).toMatchObject({ dataset_status: 'valid' }); // prettier-ignore
  expect(await get(`/v1/explainer/explainable-splits/${run_id}`)).toMatchObject({ splits: a.list });
  const body = { run_id, dataset_id: dataset.id, explainer_name: 'KernelShap', parameters: { link: 'identity' }, fit_parameters: { sample_background_data: true, background_fraction: 0.2 }, scope: { row_indexes: [0, 1] } }; // prettier-ignore
  const { id } = await post<Row>('/v1/explainer/local', body);
  const job = await work('ExplainerJob', { explainer_id: id, explainer_scope: 'local' });
  expect(await detailsOf(job)).toEqual(['local_explainer', id]);
  expect(await get('/v1/explainer/local', { run_id })).toMatchObject([{ id, run_id, dataset_id: dataset.id, explainer_name: 'KernelShap', status: 3 }]); // prettier-ignore
  const plot = `/v1/explainer/local/plot/${id}`;
  const [artifact] = await get<{ groups: unknown[] }[]>(plot);
  expect(artifact!.groups).toHaveLength(2);
  await data('PUT', `${plot}/override`, { json: { index: 1, figure: emptied } });
  expect(JSON.stringify(await get(plot))).toContain('"overridden":true');
  await data('DELETE', `${plot}/override/1`);
  expect(await get(`/v1/explainer/local/${id}`)).toEqual(a.record);
  expect((await call('DELETE', `/v1/explainer/local/${id}`)).status).toBeLessThan(300);
});

it('POST /v1/explainer/local/validate-dataset names the columns that lack, else those of another type', async () => {
  const run_id = runs[1]!.id;
  const ask = (dataset_id: number) => post('/v1/explainer/local/validate-dataset', { run_id, dataset_id });
  const lines = kinds.trim().split('\n').map((line) => line.split(',')); // prettier-ignore
  const csv = (row: (cells: readonly string[], at: number) => readonly string[]) => `${lines.map((cells, at) => row(cells, at).join(',')).join('\n')}\n`; // prettier-ignore
  const lacking = await upload(
    'without widths',
    csv(([length, , kind]) => [length!, kind!]),
  );
  expect(await ask(lacking.id)).toEqual({ dataset_status: 'invalid', missing_columns: ['width'] });
  const worded = await upload('widths in words', csv(([length, width, kind], at) => [length!, at === 0 ? width! : ['thin', 'wide'][at % 2]!, kind!])); // prettier-ignore
  expect(await ask(worded.id)).toEqual({ dataset_status: 'invalid', type_mismatches: { width: { expected: 'Float', got: 'Categorical' } } }); // prettier-ignore
  const { valid_dataset_ids: valid } = await post<{ valid_dataset_ids: number[] }>('/v1/explainer/local/valid-datasets', { run_id }); // prettier-ignore
  expect(valid).not.toEqual(expect.arrayContaining([lacking.id]));
  expect(valid).not.toEqual(expect.arrayContaining([worded.id]));
  expect((await call('POST', '/v1/explainer/local/validate-dataset', { json: { run_id, dataset_id: 999_999 } })).status).toBe(404); // prettier-ignore
});

it('GET /v1/run/plot/{id}/{1..4} of a search, by number and by name', async () => {
  const { id: holdout } = await post<Row>('/v1/model-session/', { dataset_id: dataset.id, task_name: 'TabularClassificationTask', name: 'searched', input_columns: ['length', 'width'], output_columns: ['kind'], train_metrics: METRICS, validation_metrics: METRICS, test_metrics: METRICS, evaluation_strategy: 'HoldoutEvaluationStrategy', splits: JSON.stringify({ splitter_name: 'HoldoutSplitter', splitType: 'random', train: 0.6, test: 0.2, validation: 0.2, shuffle: true, stratify: true, random_state: 42 }) }); // prettier-ignore
  const searched = (low: number, high: number): object => ({ optimize: true, fixed_value: low, lower_bound: low, upper_bound: high }); // prettier-ignore
  const run = await newRun('searched', 'DecisionTreeClassifier', {
    model_session_id: holdout,
    parameters: { max_depth: searched(1, 4), min_samples_leaf: searched(1, 5) },
    optimizer_name: 'OptunaOptimizer',
    optimizer_parameters: { n_trials: 4, sampler: 'TPESampler', pruner: 'None' },
    goal_metric: 'Accuracy',
  });
  await work('ModelJob', { run_id: run.id });
  for (const [place, name] of ['history', 'slice', 'contour', 'importance'].entries()) {
    const artifact = await get<{ payload: string }>(`/v1/run/plot/${run.id}/${place + 1}`);
    expect(artifact).toMatchObject({ type: 'plotly', payload: a.text });
    expect(JSON.parse(artifact.payload)).toMatchObject({ data: a.list, layout: a.record });
    expect(await get(`/v1/run/plot/${run.id}/${name}`)).toEqual(artifact);
  }
});

it('DELETE /v1/model-session/{id}, and several with ids', async () => {
  const body = { dataset_id: dataset.id, task_name: 'TabularClassificationTask', input_columns: ['length'], output_columns: ['kind'], train_metrics: METRICS, validation_metrics: [], test_metrics: METRICS, evaluation_strategy: 'CrossValidationEvaluationStrategy', splits }; // prettier-ignore
  const made = await Promise.all(['one', 'two'].map((name) => post<Row>('/v1/model-session/', { ...body, name })));
  expect((await call('DELETE', `/v1/model-session/${made[0]!.id}`)).status).toBeLessThan(300);
  expect((await call('DELETE', '/v1/model-session/', { json: { ids: [made[1]!.id] } })).status).toBeLessThan(300);
  for (const { id } of made) expect((await call('GET', `/v1/model-session/${id}`)).status).toBe(404);
});
