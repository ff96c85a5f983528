import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { penguins } from './real-data.js';
import { newRun, type Run, session, trained } from './training.js';

let millrace: RunningMillrace;
let api: Caller;
let run: Run;
let dataset: { id: number };
let sessionId: number;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  api = new Caller(millrace.url);
  dataset = await api.dataset('penguins', penguins());
  const columns = { input_columns: ['Island', 'Body Mass (g)'], output_columns: ['Species'] };
  sessionId = (await api.ok<{ id: number }>('POST', '/model-session/', session(dataset.id, 'penguins', columns))).id;
  run = await trained(api, sessionId, 'HistGradientBoostingClassifier', {
    max_iter: { optimize: false, fixed_value: 10 },
  });
});
afterAll(() => (millrace as RunningMillrace | undefined)?.stop());

interface Leaf {
  readonly type: string;
  readonly index: number;
  readonly payload: string;
  readonly overridden?: boolean;
}
interface Grouped {
  readonly groups: { title: string; artifacts: Leaf[]; story?: Record<string, string> | null }[];
}
const refusal = async (method: string, path: string, body?: unknown): Promise<[number, string]> => {
  const answer = await api.call<{ code: string }>(method, path, body);
  return [answer.status, answer.body.code];
};
const local = (change: object = {}) => ({
  run_id: run.id,
  explainer_name: 'KernelShap',
  dataset_id: dataset.id,
  parameters: { link: 'identity' },
  fit_parameters: { sample_background_data: true, background_fraction: 0.1 },
  scope: { split: 'test', percentage: 4 },
  ...change,
});

it('explains single answers, with a story in five languages, edits and restores a figure', async () => {
  expect(await api.ok('POST', '/explainer/local/valid-datasets', { run_id: run.id })).toEqual({
    valid_dataset_ids: [dataset.id],
  });
  const body = { run_id: run.id, dataset_id: dataset.id };
  expect(await api.ok('POST', '/explainer/local/validate-dataset', body)).toEqual({ dataset_status: 'valid' });
  const { splits } = await api.ok<{ splits: { name: string }[] }>('GET', `/explainer/explainable-splits/${run.id}`);
  expect(splits.map(({ name }) => name)).toEqual(['train', 'val', 'test', 'all']);
  const { id } = await api.ok<{ id: number }>('POST', '/explainer/local', local());
  expect(await refusal('GET', `/explainer/local/plot/${id}`)).toEqual([404, 'explainer-not-finished']);
  await api.run('ExplainerJob', { explainer_id: id, explainer_scope: 'local' });
  const [plot] = await api.ok<Grouped[]>('GET', `/explainer/local/plot/${id}`);
  expect(Object.keys(plot!.groups[0]!.story!)).toEqual(['en', 'es', 'pt', 'de', 'zh']);
  const path = `/explainer/local/plot/${id}/override`;
  expect(await api.ok('PUT', path, { index: 1, figure: { data: [], layout: {} } })).toEqual({ status: 'ok' });
  const [edited] = await api.ok<Grouped[]>('GET', `/explainer/local/plot/${id}`);
  expect(edited!.groups[0]!.artifacts[1]).toMatchObject({ overridden: true, payload: '{"data":[],"layout":{}}' });
  expect(await refusal('PUT', path, { index: 999, figure: {} })).toEqual([404, 'artifact-not-found']);
  expect(await refusal('PUT', path.replace('local', 'both'), { index: 1, figure: {} })).toEqual([
    400,
    'explainer-scope-unknown',
  ]);
  expect(await api.ok('DELETE', `${path}/1`)).toEqual({ status: 'ok' });
  expect(await api.ok('GET', `/explainer/local/plot/${id}`)).toEqual([plot]);
  const [row] = await api.ok<{ input_dataset_path: string }[]>('GET', `/explainer/local?run_id=${run.id}`);
  const rows = `/dataset/file/?path=${row!.input_dataset_path}&page=0&page_size=5`;
  expect(await api.ok('GET', rows)).toMatchObject({ total: plot!.groups.length });
  expect(await api.ok('DELETE', `/explainer/local/${id}`)).toBeNull();
  expect((await api.call('GET', rows)).status).toBe(404);
});

it.each([
  ['ContrastiveShap', { foil_class: 'Gentoo' }, { sample_background_data: true, background_fraction: 0.1 }],
  ['NearestCounterfactual', { n_counterfactuals: 2, distance: 'l2' }, {}],
  ['DiceCounterfactual', { total_cfs: 2, method: 'genetic' }, {}],
])('%s sets an answer against another, in five languages', async (explainer_name, parameters, fit_parameters) => {
  const given = local({ explainer_name, parameters, fit_parameters, scope: { split: 'test', percentage: 3 } });
  const { id } = await api.ok<{ id: number }>('POST', '/explainer/local', given);
  await api.run('ExplainerJob', { explainer_id: id, explainer_scope: 'local' });
  const [plot] = await api.ok<Grouped[]>('GET', `/explainer/local/plot/${id}`);
  for (const { artifacts, story } of plot!.groups) {
    expect(artifacts).toHaveLength(2);
    expect(new Set(Object.values(story!)).size).toBe(5);
    expect(Object.values(story!).join()).not.toMatch(/contrastive-|counterfactual-|\{\{/);
  }
});

it.each([
  ['ContrastiveShap', { foil_class: 'Dodo' }],
  ['DiceCounterfactual', { desired_class: 'Dodo' }],
])('%s names the classes there are when asked for another', async (explainer_name, parameters) => {
  const given = local({ explainer_name, parameters, fit_parameters: {} });
  const { id } = await api.ok<{ id: number }>('POST', '/explainer/local', given);
  const end = await api.end(await api.submit('ExplainerJob', { explainer_id: id, explainer_scope: 'local' }));
  expect(end).toMatchObject({ status: 'error', error: expect.stringContaining('Gentoo') as unknown });
});

it('refuses what cannot be explained, with the right status', async () => {
  const { id: idle } = await api.ok<Run>('POST', '/run/', newRun(sessionId, 'DummyClassifier'));
  const waiting = await api.ok<{ id: number }>('POST', '/explainer/local', local({ run_id: idle }));
  const job = (kwargs: object): Promise<[number, string]> => {
    const form = new FormData();
    form.set('job_type', 'ExplainerJob');
    form.set('kwargs', JSON.stringify(kwargs));
    return refusal('POST', '/job/', form);
  };
  expect(await job({ explainer_id: waiting.id, explainer_scope: 'local' })).toEqual([404, 'run-not-finished']);
  const manual = await api.ok<{ id: number }>('POST', '/explainer/local', local({ scope: { mode: 'manual' } }));
  const kwargs = { explainer_id: manual.id, explainer_scope: 'local' };
  expect(await job(kwargs)).toEqual([422, 'manual-input-invalid']);
  expect(await job({ ...kwargs, manual_input_data: [{ Island: 'Biscoe' }] })).toEqual([422, 'input-columns-missing']);
  await api.run('ExplainerJob', { ...kwargs, manual_input_data: [{ Island: 'Biscoe', 'Body Mass (g)': '4500' }] });
  for (const [change, expected] of [
    [{ run_id: 9999 }, [404, 'run-not-found']],
    [{ dataset_id: 9999 }, [404, 'dataset-not-found']],
    [{ scope: { split: 'nowhere' } }, [422, 'explainer-scope-invalid']],
    [{ parameters: { link: 'cubic' } }, [422, 'parameters-invalid']],
    [{ explainer_name: 'RegressionKernelShap', parameters: {} }, [422, 'component-not-registered']],
  ] as const)
    expect(await refusal('POST', '/explainer/local', local(change))).toEqual(expected);
  expect(await refusal('PATCH', '/explainer/')).toEqual([501, 'not-implemented']);
  const other = await api.dataset('others', penguins());
  const gone = await api.ok<{ id: number }>('POST', '/explainer/local', local({ dataset_id: other.id }));
  await api.call('DELETE', `/dataset/${other.id}`);
  expect(await job({ explainer_id: gone.id, explainer_scope: 'local' })).toEqual([404, 'dataset-not-found']);
});

it('explains and reports on a run by folds, or says which rows it has none of', async () => {
  const folds = (test_size: number) => ({
    input_columns: ['Island', 'Body Mass (g)'],
    output_columns: ['Species'],
    evaluation_strategy: 'CrossValidationEvaluationStrategy',
    splits: JSON.stringify({ splitter_name: 'KFoldSplitter', n_splits: 3, test_size }),
  });
  const made = async (testSize: number): Promise<number> => {
    const plan = session(dataset.id, `folds ${testSize}`, folds(testSize));
    const { id } = await api.ok<{ id: number }>('POST', '/model-session/', plan);
    return (await trained(api, id, 'HistGradientBoostingClassifier', { max_iter: 5 })).id;
  };
  const [some, none] = [await made(0.2), await made(0)];
  const splitsOf = async (id: number): Promise<string[]> =>
    (await api.ok<{ splits: { name: string }[] }>('GET', `/explainer/explainable-splits/${id}`)).splits.map(
      ({ name }) => name,
    );
  expect(await splitsOf(some)).toEqual(['train', 'test', 'all']);
  expect(await splitsOf(none)).toEqual(['train', 'all']);
  const explained = async (run_id: number) => {
    const given = { run_id, explainer_name: 'PermutationFeatureImportance', name: `p${run_id}`, parameters: {} };
    const { id } = await api.ok<{ id: number }>('POST', '/explainer/global', given);
    return api.end(await api.submit('ExplainerJob', { explainer_id: id, explainer_scope: 'global' }));
  };
  expect(await explained(some)).toMatchObject({ status: 'finished' });
  const refused = await explained(none);
  expect(refused).toMatchObject({ status: 'error', error: expect.stringContaining('"test" without rows') as unknown });
  const report = async (run_id: number): Promise<string[]> => {
    const { id } = await api.ok<{ id: number }>('POST', '/report/', { run_id, report_name: 'ConfusionMatrix' });
    await api.run('ReportJob', { report_id: id });
    const [grouped] = await api.ok<Grouped[]>('GET', `/report/${id}/artifacts`);
    return grouped!.groups.map(({ title }) => title);
  };
  expect(await report(some)).toEqual(['Train', 'Test']);
  expect(await report(none)).toEqual(['Train']);
  const other = await api.dataset('other penguins', penguins());
  const { id } = await api.ok<{ id: number }>(
    'POST',
    '/explainer/local',
    local({ run_id: some, dataset_id: other.id }),
  );
  const elsewhere = await api.end(await api.submit('ExplainerJob', { explainer_id: id, explainer_scope: 'local' }));
  expect(elsewhere).toMatchObject({ status: 'error', error: expect.stringContaining('judged by folds') as unknown });
});

it('reports part by part, and counts among what hangs on a run', async () => {
  const { id } = await api.ok<{ id: number }>('POST', '/report/', { run_id: run.id, report_name: 'RocCurve' });
  expect(await api.ok('GET', `/report/${id}/artifacts`)).toEqual([]);
  await api.run('ReportJob', { report_id: id });
  const [report] = await api.ok<Grouped[]>('GET', `/report/${id}/artifacts`);
  expect(report!.groups.map(({ title }) => title)).toEqual(['Train', 'Validation', 'Test']);
  expect(await refusal('PUT', `/report/${id}/override`, { index: 3, figure: {} })).toEqual([404, 'artifact-not-found']);
  expect(await refusal('POST', '/report/', { run_id: run.id, report_name: 'ResidualPlot' })).toEqual([
    422,
    'component-not-registered',
  ]);
  expect(await api.ok('GET', `/run/${run.id}/operations/count`)).toMatchObject({ reports: 1 });
  expect(await api.ok('DELETE', `/run/${run.id}/operations`)).toMatchObject({ count: { reports: 1 } });
});

it.each([
  ['PairedTTest', null],
  ['WilcoxonSRTest', null],
  ['AnovaTest', 'TukeyHSDTest'],
  ['ShapiroTest', null],
  ['LeveneTest', null],
  ['BartlettTest', null],
])('%s answers with a sentence, and what follows it is there', async (test_name, after) => {
  const folds = (mean: number) => [0.01, -0.02, 0.015, -0.004, 0.007, 0].map((step, fold) => mean + step * (fold + 1));
  const scores = { 1: folds(0.9), 2: folds(0.7).reverse(), 3: folds(0.5) };
  const asked = { test_name, run_ids: [1, 2, 3], run_names: {}, fold_metrics: scores };
  type Tested = { interpretation: string; posthoc: { p_value: number }[] | null; significant: boolean };
  const found = await api.ok<Tested>('POST', '/statistical-tests/run', asked);
  expect(found.interpretation).toMatch(/\w+/);
  if (after === null) return;
  const pairs = await api.ok<Tested>('POST', '/statistical-tests/run', { ...asked, test_name: after });
  expect(found).toMatchObject({ significant: true, posthoc: pairs.posthoc });
});

it('tests runs against each other, keeps the outcome and deletes it', async () => {
  const scores = { 1: [0.9, 0.92, 0.91], 2: [0.7, 0.75, 0.72], 3: [0.5, 0.52, 0.56] };
  const asked = { test_name: 'CorrectedPairedTTest', run_ids: [1, 2, 3], run_names: { 1: 'a' }, fold_metrics: scores };
  const found = await api.ok<{ posthoc: object[] }>('POST', '/statistical-tests/run', asked);
  expect(found).toMatchObject({ significant: true, p_value: null, interpretation: expect.any(String) as string });
  expect(found.posthoc[0]).toMatchObject({ run_1: 1, run_1_name: 'a', run_2: 2, run_2_name: null });
  const again = (change: object) => refusal('POST', '/statistical-tests/run', { ...asked, ...change });
  expect(await again({ test_name: 'NoTest' })).toEqual([400, 'statistical-test-unknown']);
  expect(await again({ fold_metrics: {} })).toEqual([400, 'test-impossible']);
  expect(await again({ fold_metrics: { 1: [1, 1], 2: [1, 1] } })).toEqual([400, 'test-impossible']);
  const one = { ...asked, metric_name: 'Accuracy', metric_split: 'VALIDATION', alpha: 0.05, significant: true };
  const kept = await api.ok<{ id: number; group_id: string }[]>('POST', '/statistical-tests/save', [
    { ...one, model_session_id: sessionId },
    one,
  ]);
  expect(kept[0]!.group_id).toBe(kept[1]!.group_id);
  expect(await api.ok('GET', `/statistical-tests/saved?model_session_id=${sessionId}`)).toEqual([kept[0]]);
  const { id } = kept[0]!;
  expect(await api.ok('DELETE', `/statistical-tests/saved/${id}`)).toEqual({ deleted: true, id });
  expect(await refusal('DELETE', `/statistical-tests/saved/${id}`)).toEqual([404, 'statistical-test-not-found']);
});
