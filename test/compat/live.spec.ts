import { beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';

import { a, call, type Dataset, enqueue, get, post, upload, work } from './client.js';

const METRICS = ['Accuracy'];
const splits = JSON.stringify({ splitter_name: 'HoldoutSplitter', splitType: 'random', train: 0.6, test: 0.2, validation: 0.2, shuffle: true, stratify: true, random_state: 42 }); // prettier-ignore
const socketUrl = (path: string): string => `${process.env['MILLRACE_COMPAT_URL']!.replace('http', 'ws')}/api${path}`;

interface Row {
  readonly id: number;
}
interface Message {
  readonly run_status?: number;
  readonly [split: string]: unknown;
}
let dataset: Dataset;
let run: Row;
beforeAll(async () => {
  dataset = await upload('live');
  const session = await post<Row>('/v1/model-session/', { dataset_id: dataset.id, task_name: 'TabularClassificationTask', name: 'live', input_columns: ['length', 'width'], output_columns: ['kind'], train_metrics: METRICS, validation_metrics: METRICS, test_metrics: METRICS, evaluation_strategy: 'HoldoutEvaluationStrategy', splits }); // prettier-ignore
  run = await post('/v1/run/', { model_session_id: session.id, model_name: 'HistGradientBoostingClassifier', name: 'watched', parameters: {}, optimizer_name: '', optimizer_parameters: {}, goal_metric: '', description: '' }); // prettier-ignore
});

/** Everything a socket says until it closes. */
function heard(path: string, until: (messages: readonly Message[]) => boolean): Promise<Message[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketUrl(path));
    const messages: Message[] = [];
    socket.on('error', reject);
    socket.on('message', (text: Buffer) => {
      messages.push(JSON.parse(text.toString('utf8')) as Message);
      if (until(messages)) socket.close();
    });
    socket.on('close', () => resolve(messages));
  });
}

it('WS /v1/metrics/ws/{run}: increments by part, level and metric; what came once comes no second time', async () => {
  const ended = heard(`/v1/metrics/ws/${run.id}`, (messages) => messages.at(-1)?.run_status === 3);
  await work('ModelJob', { run_id: run.id });
  const messages = await ended;
  const points = pointsOf(messages);
  expect(points.length).toBeGreaterThan(0);
  for (const { point } of points) expect(point).toMatchObject({ step: a.number, value: a.number, timestamp: a.text });
  expect(new Set(points.map(({ at }) => at)).size).toBe(points.length);
  // Boosting tells each of its rounds.
  expect(placesOf(messages)).toEqual(['TRAIN STEP', 'VALIDATION STEP']);
  expect(Math.max(...points.map(({ point }) => point.step))).toBeGreaterThan(1);
});

it('WS /v1/metrics/ws/{run} tells the trials of a search and the folds of cross-validation', async () => {
  const task = { dataset_id: dataset.id, task_name: 'TabularClassificationTask', input_columns: ['length', 'width'], output_columns: ['kind'], train_metrics: METRICS, validation_metrics: METRICS, test_metrics: METRICS }; // prettier-ignore
  const heardOf = async (session: object, more: object): Promise<Message[]> => {
    const { id: model_session_id } = await post<Row>('/v1/model-session/', { ...task, ...session });
    const { id } = await post<Row>('/v1/run/', { model_session_id, model_name: 'DecisionTreeClassifier', name: 'levels', parameters: {}, optimizer_name: '', optimizer_parameters: {}, goal_metric: '', description: '', ...more }); // prettier-ignore
    const ended = heard(`/v1/metrics/ws/${id}`, () => false);
    await work('ModelJob', { run_id: id });
    return ended;
  };
  const searched = { parameters: { max_depth: { optimize: true, fixed_value: 1, lower_bound: 1, upper_bound: 3 } }, optimizer_name: 'OptunaOptimizer', optimizer_parameters: { n_trials: 3, sampler: 'TPESampler', pruner: 'None' }, goal_metric: 'Accuracy' }; // prettier-ignore
  const trials = await heardOf({ name: 'trials', evaluation_strategy: 'HoldoutEvaluationStrategy', splits }, searched);
  expect(placesOf(trials)).toContain('VALIDATION TRIAL');
  expect(stepsAt(trials, 'VALIDATION TRIAL')).toHaveLength(3);
  const folded = JSON.stringify({ splitter_name: 'StratifiedKFoldSplitter', splitType: 'cv', n_splits: 3, shuffle: true, random_state: 7 }); // prettier-ignore
  const folds = await heardOf({ name: 'folds', evaluation_strategy: 'CrossValidationEvaluationStrategy', splits: folded }, {}); // prettier-ignore
  expect(placesOf(folds)).toContain('VALIDATION FOLD');
  expect(stepsAt(folds, 'VALIDATION FOLD')).toHaveLength(3);
});

it('WS /v1/metrics/ws/{run} tells each epoch of a network, and its steps where they are asked for, as often as its parameters say', async () => {
  const metrics = { train_metrics: ['RMSE'], validation_metrics: ['RMSE'], test_metrics: ['RMSE'] };
  const plain = splits.replace('"stratify":true', '"stratify":false');
  const session = await post<Row>('/v1/model-session/', { dataset_id: dataset.id, task_name: 'RegressionTask', name: 'epochs', input_columns: ['length'], output_columns: ['width'], ...metrics, evaluation_strategy: 'HoldoutEvaluationStrategy', splits: plain }); // prettier-ignore
  const parameters = { epochs: 6, batch_size: 10_000, log_train_every_n_epochs: 2, log_validation_every_n_epochs: 1, log_train_every_n_steps: 3, log_validation_every_n_steps: null }; // prettier-ignore
  const { id } = await post<Row>('/v1/run/', { model_session_id: session.id, model_name: 'MLPRegression', name: 'epochs', parameters, optimizer_name: '', optimizer_parameters: {}, goal_metric: '', description: '' }); // prettier-ignore
  const ended = heard(`/v1/metrics/ws/${id}`, () => false);
  await work('ModelJob', { run_id: id });
  const expected = { 'TRAIN EPOCH': [2, 4, 6], 'TRAIN STEP': [3, 6], 'VALIDATION EPOCH': [1, 2, 3, 4, 5, 6] };
  // Someone who comes when all is over hears the same.
  for (const messages of [await ended, await heard(`/v1/metrics/ws/${id}`, () => false)]) {
    expect(placesOf(messages)).toEqual(Object.keys(expected));
    for (const [place, steps] of Object.entries(expected)) expect(stepsAt(messages, place, 'RMSE')).toEqual(steps);
  }
  expect(await get(`/v1/run/${id}`)).toMatchObject({ status: 3, validation_metrics: { RMSE: a.number } });
});

/** Every point, with its part, level, metric and step. */
const pointsOf = (messages: readonly Message[]): { at: string; point: Point }[] =>
  messages.flatMap((message) =>
    Object.entries(message).flatMap(([split, levels]) =>
      split === 'run_status'
        ? []
        : Object.entries(levels as Record<string, Record<string, Point[]>>).flatMap(([level, metrics]) =>
            Object.entries(metrics).flatMap(([metric, list]) =>
              list.map((point) => ({ at: `${split} ${level} ${metric} ${point.step}`, point })),
            ),
          ),
    ),
  );
const placesOf = (messages: readonly Message[]): string[] =>
  [...new Set(pointsOf(messages).map(({ at }) => at.split(' ').slice(0, 2).join(' ')))].sort();
const stepsAt = (messages: readonly Message[], place: string, metric = 'Accuracy'): number[] =>
  pointsOf(messages).flatMap(({ at, point }) => (at.startsWith(`${place} ${metric} `) ? [point.step] : []));

interface Point {
  readonly step: number;
}

it('GET /v1/hardware/ and WS /v1/hardware/ws in one shape', async () => {
  const shape = { cpu: { percent: a.number, per_cpu: a.list, cores_physical: a.number, cores_logical: a.number }, ram: { percent: a.number, used: a.number, total: a.number, available: a.number }, gpus: a.list }; // prettier-ignore
  expect(await get('/v1/hardware/')).toMatchObject(shape);
  expect((await heard('/v1/hardware/ws', () => true))[0]).toMatchObject(shape);
});

it('GET /v1/job/events tells of a job from its start to its end, and goes on behind a cursor', async () => {
  const read = async (from: string, seen: (text: string) => boolean): Promise<string> => {
    const leave = new AbortController();
    const answer = await fetch(`${process.env['MILLRACE_COMPAT_URL']!}/api/v1/job/events`, {
      signal: leave.signal,
      headers: { accept: 'text/event-stream', 'last-event-id': from },
    });
    let text = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (seen(text)) break;
    }
    leave.abort();
    return text;
  };
  const { cursor } = await get<{ cursor: string }>('/v1/job/changes');
  const { id: notebook } = await post<Row>('/v1/notebook/', { name: 'live', description: '', dataset_id: dataset.id });
  const explorer = await post<Row>('/v1/explorer', { notebook_id: notebook, columns: [{ columnName: 'length', valueType: 'Float', dataType: 'float64', id: 0 }], exploration_type: 'HistogramPlotExplorer', parameters: {} }); // prettier-ignore
  const id = await enqueue('ExplorerJob', { explorer_id: explorer.id });
  expect(await read(cursor, (text) => text.includes(id) && text.includes('"finished"'))).toContain(id);
  expect(await get('/v1/explorer/', { skip: 0, limit: 100 })).toContainEqual(
    expect.objectContaining({ id: explorer.id }),
  );
  const changed = { columns: [{ columnName: 'width', valueType: 'Float', dataType: 'float64', id: 1 }], parameters: {}, name: 'width' }; // prettier-ignore
  const patched = await call('PATCH', `/v1/explorer/${explorer.id}/`, { json: changed });
  expect(patched.status).toBeLessThan(300);
  expect(await get(`/v1/notebook/${notebook}`)).toMatchObject({ id: notebook, name: 'live', dataset_id: dataset.id });
});

it('GET /v1/job/{id} of a job at work has its arguments, and DELETE stops it', async () => {
  const { model_session_id } = await get<{ model_session_id: number }>(`/v1/run/${run.id}`);
  const long = await post<Row>('/v1/run/', { model_session_id, model_name: 'RandomForestClassifier', name: 'long', parameters: { n_estimators: { optimize: false, fixed_value: 1000 } }, optimizer_name: '', optimizer_parameters: {}, goal_metric: '', description: '' }); // prettier-ignore
  const id = await enqueue('ModelJob', { run_id: long.id });
  expect(await get(`/v1/job/${id}`)).toMatchObject({ kwargs: { run_id: long.id } });
  expect((await call('DELETE', `/v1/job/${id}`)).status).toBe(204);
  await vi.waitFor(async () => expect(await get(`/v1/run/${long.id}`)).toMatchObject({ status: 4 }), 60_000);
});
