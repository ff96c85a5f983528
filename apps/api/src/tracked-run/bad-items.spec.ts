import { expect, it } from 'vitest';

import { OPERATOR, type WireTrackedRun } from '#contract';
import { ingestMessages } from '#workflow';

import { apiHouse, told } from '../api.fixture.js';

const house = apiHouse();
const { signal } = new AbortController();
interface Refusal {
  readonly code: string;
  readonly values: { readonly field?: string };
  readonly detail?: string;
  readonly message?: string;
}

/** A run that ML-Dash knows as well; answers its id. */
async function newExperiment(name: string): Promise<number> {
  const json = { type: 'EXPERIMENT', name, projectSlug: 'bad items' };
  const { body } = await told<{ experiment: { id: string } }>(house, 'POST', '/api/namespaces/local/nodes', json);
  return Number(body.experiment.id);
}
const seriesOf = async (id: number): Promise<unknown> =>
  (await told(house, 'GET', `/api/v1/tracked-run/${id}/series`)).body;

const good = { name: 'a', values: [1] };
it.each([
  ['series.1.name', [good, { name: 'b\0', values: [1] }]],
  ['series.1.context.split', [good, { ...good, context: { split: '\ud800' } }]],
  ['series.2.xs', [good, good, { ...good, xs: [1, 2] }]],
  ['series.1.epoch', [good, { ...good, epochs: [2 ** 40] }]],
  ['series.1.time', [good, { ...good, times: [9e15] }]],
  ['series.1.context', [good, { ...good, context: { long: 'x'.repeat(5000) } }]],
])('points: %s is named, and nothing is stored', async (field, series) => {
  const { body: run } = await told<WireTrackedRun>(house, 'POST', '/api/v1/tracked-run/', { name: field });
  const answer = await told<Refusal>(house, 'POST', `/api/v1/tracked-run/${run.id}/points`, { series });
  expect([answer.status, answer.body.values.field]).toEqual([422, field]);
  expect(answer.body.detail).toContain(field);
  expect(await seriesOf(run.id)).toEqual([]);
});

const line = { timestamp: '2026-01-31T10:22:05.123456Z', level: 'info', message: 'm' };
it.each([
  ['metrics/m/append-batch', { dataPoints: [{ v: 1 }, { v: 2 }, { v: 3, note: { of: ['\0'] } }] }, 'dataPoints.2.note.of.0'],
  ['metrics/m/append-batch', { dataPoints: [{ v: 1 }, { ['v\0']: 1 }] }, 'dataPoints.1.v\ufffd'],
  ['metrics/long/append-batch', { dataPoints: [{ v: 1 }, { ['v'.repeat(252)]: 1 }] }, 'rows.1.field'],
  ['metrics/m/append-batch', { dataPoints: [{ v: 1 }, { note: 'x'.repeat(1_100_000) }] }, 'rows.1.fields'],
  ['logs', { logs: [line, { ...line, metadata: { note: '\ud800' } }] }, 'logs.1.metadata.note'],
  ['logs', { logs: [line, { ...line, metadata: { note: 'x'.repeat(1_100_000) } }] }, 'lines.1.meta'],
  ['tracks/t/append_batch', { entries: [{ timestamp: 1, x: 1 }, { timestamp: 2, x: '\0' }] }, 'entries.1.x'],
])('ML-Dash, %s: the bad one is named, and nothing is stored', async (path, body, field) => {
  const id = await newExperiment(field);
  const answer = await told<Refusal>(house, 'POST', `/api/experiments/${id}/${path}`, body);
  expect([answer.status, answer.body.message]).toEqual([400, expect.stringContaining(field)]);
  expect(await seriesOf(id)).toEqual([]);
  const { body: log } = await told(house, 'GET', `/api/experiments/${id}/logs`);
  expect(log).toEqual({ logs: [], hasMore: false });
  expect((await told<{ tracks: object[] }>(house, 'GET', `/api/experiments/${id}/tracks`)).body.tracks).toEqual([]);
}); // prettier-ignore

it('ML-Dash: what a message of the log holds is no reason to lose the others', async () => {
  const id = await newExperiment('binary output');
  const logs = [line, { ...line, message: 'a\0b\ud800' }];
  expect((await told(house, 'POST', `/api/experiments/${id}/logs`, { logs })).status).toBe(200);
  const { body } = await told<{ logs: { message: string }[] }>(house, 'GET', `/api/experiments/${id}/logs`);
  expect(body.logs.map(({ message }) => message)).toEqual(['m', 'a\ufffdb\ufffd']);
});

const point = (step: number): object => ({ type: 'log_metric', name: 'm', value: step, step, epoch: null, context: null, dtype: null, client_datetime: '2026-01-31T10:22:05Z' }); // prettier-ignore
it.each([
  ['a name', { ...point(2), name: 'm\0' }, 'name'],
  ['a context', { ...point(2), context: { split: '\0' } }, 'context.split'],
  ['a parameter', { type: 'log_hparams', value: { deep: { note: ['\ud800'] } } }, 'params.*note'],
  ['an object', { type: 'log_custom_object', name: 'o', value: { note: '\0' } }, 'meta.note'],
  ['a record', { type: 'log_record', message: 'm', level: 20, timestamp: 1, extra_args: { a: '\0' } }, 'meta.args.a'],
  ['a tag', { type: 'add_tag', tag_name: 't\0' }, 'tag_name'],
])('matyan: %s that cannot be stored is named by its place; those before it are stored', async (what, bad, field) => {
  const hash = what.replaceAll(' ', '-');
  const frame = [point(0), point(1), bad, point(3)];
  const reply = await ingestMessages(house.ports, { caller: OPERATOR, hash }, frame, signal);
  expect(reply).toEqual({
    status: 'error',
    error: expect.stringMatching(new RegExp(`^Message 2 .*${field}`)) as string,
  });
  const project = await house.ports.tracked.projects.open('local', 'default');
  const run = (await house.ports.tracked.runs.find(project.id, hash))!;
  const [series] = await house.ports.tracked.series.list([run.id]);
  expect((await house.ports.tracked.series.read(series!.id)).values).toEqual([0, 1]);
});
