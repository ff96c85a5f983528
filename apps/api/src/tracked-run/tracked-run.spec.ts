import { expect, test } from 'vitest';

import type { WireTrackedPoints, WireTrackedProject, WireTrackedRun, WireTrackedSeries } from '#contract';
import { issueAccessToken } from '#workflow';

import { apiHouse } from '../api.fixture.js';

const house = apiHouse();

interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly code: string;
  readonly detail: string;
  readonly text: string;
}
async function ask<T>(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const answer = await house.app.inject({
    method: method as 'GET',
    url: `/api/v1${path}`,
    headers: { host: 'localhost', ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  const parsed = /json/.test(String(answer.headers['content-type']))
    ? answer.json<T & { code?: string; detail?: string }>()
    : undefined;
  return {
    status: answer.statusCode,
    body: parsed as T,
    code: parsed?.code ?? '',
    detail: String(parsed?.detail),
    text: answer.body,
  };
}
const open = async (body: object = {}): Promise<WireTrackedRun> =>
  (await ask<WireTrackedRun>('POST', '/tracked-run/', { name: 'r', ...body })).body;
const log = (id: number, ...series: object[]): Promise<Answer<{ added: number }>> =>
  ask('POST', `/tracked-run/${id}/points`, { series });
const seriesOf = async (id: number): Promise<WireTrackedSeries[]> =>
  (await ask<WireTrackedSeries[]>('GET', `/tracked-run/${id}/series`)).body;

test('a run is opened, logged to, read and deleted', async () => {
  const run = await open({ ext_id: 'mine', tags: ['a'], params: { opt: { lr: 0.1 } } });
  expect(run).toMatchObject({ ext_id: 'mine', status: 'running', source: 'api', tags: ['a'], owner: 'local' });
  expect((await open({ ext_id: 'mine' })).id).toBe(run.id);
  expect((await ask('GET', `/tracked-run/${run.id}/params`)).body).toEqual({ opt: { lr: 0.1 } });
  const words = {
    name: 'acc',
    context: { subset: 'val' },
    values: [1, 'NaN', '-Infinity'],
    epochs: [0, null, 1],
    times: [1.5, 2, 3],
  };
  expect(await log(run.id, { name: 'loss', xs: [3, 1, 3], values: [9, 2, 1] }, words)).toMatchObject({
    status: 200,
    body: { added: 6 },
  });
  const [acc, loss] = (await seriesOf(run.id)).sort((a, b) => (a.name < b.name ? -1 : 1));
  expect(loss).toMatchObject({
    name: 'loss',
    count: 2,
    first_x: 1,
    last_x: 3,
    last_value: 1,
    min: 1,
    max: 2,
    mean: 1.5,
  });
  expect(acc).toMatchObject({ context: { subset: 'val' }, count: 3, last_value: '-Infinity', nonfinite: 2, mean: 1 });
  const points = await ask<WireTrackedPoints>('GET', `/tracked-run/${run.id}/series/${acc!.id}/points?count=100`);
  expect(points.body).toEqual({
    xs: [0, 1, 2],
    values: [1, null, null],
    epochs: [0, null, 1],
    times: [1.5, 2, 3],
    nonfinite: { 1: 'NaN', 2: '-Infinity' },
  });
  expect(
    (await ask<WireTrackedPoints>('GET', `/tracked-run/${run.id}/series/${acc!.id}/points?from_x=1&to_x=1`)).body.xs,
  ).toEqual([1]);
  expect((await ask('GET', `/tracked-run/${run.id}/series/${acc!.id}/csv`)).text).toBe(
    'x,value,epoch,time\n0,1,0,1.5\n1,NaN,,2\n2,-Infinity,1,3\n',
  );
  const change = { name: 'renamed', archived: true, status: 'completed', tags: ['b', 'c'], description: 'd' };
  expect((await ask('PATCH', `/tracked-run/${run.id}`, change)).body).toMatchObject(change);
  expect((await ask('DELETE', `/tracked-run/${run.id}`)).status).toBe(204);
  for (const path of ['', '/params', '/series', '/log', `/series/${acc!.id}/points`, `/series/${acc!.id}/csv`])
    expect(await ask('GET', `/tracked-run/${run.id}${path}`)).toMatchObject({ status: 410, code: 'tracked-run-gone' });
  expect(await log(run.id, words)).toMatchObject({ status: 410 });
  expect(await ask('POST', '/tracked-run/', { name: 'r', ext_id: 'mine' })).toMatchObject({ status: 410 });
});

test('lists page, filter and count', async () => {
  const project = { project: 'listed', namespace: 'ada' };
  for (const name of ['alpha', 'beta', 'gamma'])
    await open({ ...project, name, folder: name === 'beta' ? 'x/y' : 'x' });
  const projects = (await ask<WireTrackedProject[]>('GET', '/tracked-project/')).body;
  const { id } = projects.find(({ slug }) => slug === 'listed')!;
  const list = async (query: string): Promise<unknown> => {
    const { body } = await ask<{ runs: WireTrackedRun[]; total: number }>(
      'GET',
      `/tracked-run/?project_id=${id}${query}`,
    );
    return [body.total, ...body.runs.map(({ name }) => name)];
  };
  expect(await list('')).toEqual([3, 'gamma', 'beta', 'alpha']);
  expect(await list('&limit=1&offset=1')).toEqual([3, 'beta']);
  expect(await list('&search=ALP')).toEqual([1, 'alpha']);
  expect(await list('&folder=x/y')).toEqual([1, 'beta']);
  expect(await list('&status=completed')).toEqual([0]);
  expect(await list('&archived=false')).toEqual([3, 'gamma', 'beta', 'alpha']);
});

test('what a run printed and recorded is read by stream', async () => {
  const { id } = await open();
  const lines = ['one', 'two', 'three'].map((message) => ({ ts: new Date(0), level: 20, message, meta: { k: 1 } }));
  await house.ports.tracked.logs.append(id, 1, lines);
  await house.ports.tracked.logs.append(id, 0, lines.slice(0, 1));
  const page = (query: string): Promise<unknown> =>
    ask<{ lines: { message: string }[]; has_more: boolean }>('GET', `/tracked-run/${id}/log${query}`).then(
      ({ body }) => [body.has_more, ...body.lines.map(({ message }) => message)],
    );
  expect(await page('')).toEqual([false, 'one', 'two', 'three']);
  expect(await page('?limit=1&from_seq=1')).toEqual([true, 'two']);
  expect(await page('?newest_first=true&search=t')).toEqual([false, 'three', 'two']);
  expect(await page('?stream=terminal')).toEqual([false, 'one']);
});

test.each([
  ['GET', '/tracked-run/1999999', undefined, 404, 'tracked-run-not-found'],
  ['GET', '/tracked-run/1999999/series', undefined, 404, 'tracked-run-not-found'],
  ['GET', '/tracked-run/1999999/params', undefined, 404, 'tracked-run-not-found'],
  ['GET', '/tracked-run/1999999/log', undefined, 404, 'tracked-run-not-found'],
  ['PATCH', '/tracked-run/1999999', { name: 'x' }, 404, 'tracked-run-not-found'],
  ['DELETE', '/tracked-run/1999999', undefined, 404, 'tracked-run-not-found'],
  ['POST', '/tracked-run/1999999/points', { series: [{ name: 'a', values: [1] }] }, 404, 'tracked-run-not-found'],
  ['GET', '/tracked-run/x', undefined, 422, 'input-invalid'],
  ['GET', '/tracked-run/?limit=0', undefined, 422, 'input-invalid'],
  ['GET', '/tracked-run/?status=asleep', undefined, 422, 'input-invalid'],
  ['POST', '/tracked-run/', {}, 422, 'input-invalid'],
  ['POST', '/tracked-run/', { name: 'n', tags: [1] }, 422, 'input-invalid'],
  ['POST', '/tracked-run/', { name: 'n', params: { a: 'nul \0' } }, 422, 'text-unstorable'],
  [
    'POST',
    '/tracked-run/',
    { name: 'n', folder: 'x', params: { a: 'y'.repeat(900_000), b: 'y'.repeat(200_000) } },
    422,
    'tracked-limit-passed',
  ],
  ['POST', '/tracked-run/1/points', { series: [] }, 422, 'input-invalid'],
  ['POST', '/tracked-run/1/points', { series: [{ name: 'a', values: ['many'] }] }, 422, 'input-invalid'],
  ['POST', '/tracked-run/1/points', { series: [{ name: 'a', xs: [0.5], values: [1] }] }, 422, 'input-invalid'],
  ['DELETE', '/tracked-run/', { ids: ['x'] }, 422, 'input-invalid'],
])('%s %s is refused as %i', async (method, path, body, status, code) => {
  expect(await ask(method, path, body)).toMatchObject({ status, code });
});

test('points that do not fit together are refused, and none is stored', async () => {
  const { id } = await open();
  const half = await log(id, { name: 'good', values: [1] }, { name: 'bad', xs: [1], values: [1, 2] });
  expect(half).toMatchObject({ status: 422, code: 'tracked-columns-uneven' });
  const many = Array.from({ length: 3 }, (_, at) => ({ name: `s${at}`, values: new Array<number>(9000).fill(0) }));
  expect(await log(id, ...many)).toMatchObject({ status: 422, code: 'tracked-limit-passed' });
  expect(await log(id, { name: 'late', values: [1], times: [9e15] })).toMatchObject({ status: 422 });
  expect(await seriesOf(id)).toEqual([]);
});

test('a series is found in its own run alone', async () => {
  const [one, other] = [await open(), await open()];
  await log(one.id, { name: 'a', values: [1] });
  const [series] = await seriesOf(one.id);
  for (const end of ['points', 'csv'])
    expect(await ask('GET', `/tracked-run/${other.id}/series/${series!.id}/${end}`)).toMatchObject({
      status: 404,
      code: 'tracked-series-not-found',
    });
  expect(await ask('GET', `/tracked-run/${one.id}/series/${series!.id}/points?count=1`)).toMatchObject({ status: 422 });
});

test('errors speak the reader’s language', async () => {
  const texts = ['en', 'es', 'pt', 'de', 'zh'].map(
    async (locale) => (await ask('GET', '/tracked-run/1999999', undefined, { 'accept-language': locale })).detail,
  );
  expect(new Set(await Promise.all(texts)).size).toBe(5);
});

test('a token of one project sees nothing of others', async () => {
  const hidden = await open();
  const { id: projectId } = await house.ports.tracked.projects.open('ann', 'vision');
  const { token } = await issueAccessToken(house.ports, { name: 't', owner: 'ann', days: 1, projectId });
  const bearer = { authorization: `Bearer ${token}` };
  const own = (await ask<WireTrackedRun>('POST', '/tracked-run/', { name: 'own', namespace: 'elsewhere' }, bearer))
    .body;
  expect(own).toMatchObject({ project_id: projectId, owner: 'ann' });
  expect(
    (await ask<WireTrackedProject[]>('GET', '/tracked-project/', undefined, bearer)).body.map(({ id }) => id),
  ).toEqual([projectId]);
  expect((await ask<{ total: number }>('GET', '/tracked-run/', undefined, bearer)).body.total).toBe(1);
  expect(
    (await ask<{ total: number }>('GET', `/tracked-run/?project_id=${hidden.project_id}`, undefined, bearer)).body
      .total,
  ).toBe(0);
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['GET', '/series', undefined],
    ['GET', '/params', undefined],
    ['GET', '/log', undefined],
    ['PATCH', '', { name: 'x' }],
    ['DELETE', '', undefined],
    ['POST', '/points', { series: [{ name: 'a', values: [1] }] }],
  ] as const)
    // prettier-ignore
    expect([path, (await ask(method, `/tracked-run/${hidden.id}${path}`, body, bearer)).status]).toEqual([path, 404]);
  expect((await ask('DELETE', '/tracked-run/', { ids: [hidden.id, own.id] }, bearer)).body).toEqual({
    removed: [own.id],
  });
  expect((await ask('DELETE', '/tracked-run/', { ids: [hidden.id, 1_999_999] })).body).toEqual({
    removed: [hidden.id],
  });
});
