import { request } from 'node:http';

import { expect, it } from 'vitest';

import type { WireTrackedPoints, WireTrackedRun } from '#contract';

import { apiHouse, told } from '../api.fixture.js';
import { trackedRuns } from './tracked-runs.fixture.js';

const house = apiHouse({ listening: true });
const { open, log, run, seriesOf, newExperiment } = trackedRuns(house);
const valuesOf = async (id: number, name: string): Promise<WireTrackedPoints> => {
  const series = (await seriesOf(id)).find((one) => one.name === name)!;
  return (await told<WireTrackedPoints>(house, 'GET', `/api/v1/tracked-run/${id}/series/${series.id}/points?count=10000`)).body; // prettier-ignore
};

it.each(['completed', 'failed', 'cancelled'])('a run that is %s takes late points, and stays so', async (status) => {
  const { id } = await open({ name: status });
  await log(id, { name: 'loss', values: [1] });
  await told(house, 'PATCH', `/api/v1/tracked-run/${id}`, { status });
  const { ended_at: ended } = await run(id);
  expect(await log(id, { name: 'loss', values: [2] })).toMatchObject({ status: 200, body: { added: 1 } });
  expect((await valuesOf(id, 'loss')).values).toEqual([1, 2]);
  expect(await run(id)).toMatchObject({ status, ended_at: ended });
});

it('parameters of 10 MB are refused with the limit, and no run is made', async () => {
  const params = Object.fromEntries(Array.from({ length: 100_000 }, (_none, at) => [`k${at}`, 'x'.repeat(90)]));
  const answer = await told<{ code: string }>(house, 'POST', '/api/v1/tracked-run/', { name: 'large', params });
  expect([answer.status, answer.body.code]).toEqual([422, 'tracked-limit-passed']);
  const { body } = await told<{ total: number }>(house, 'GET', '/api/v1/tracked-run/?search=large');
  expect(body.total).toBe(0);
});

it('names that are those of JavaScript are names like any other, or refused; nothing is polluted', async () => {
  const post = async (url: string, payload: string): Promise<number> => {
    const headers = { host: 'localhost', 'content-type': 'application/json' };
    return (await house.app.inject({ method: 'POST', url, headers, payload })).statusCode;
  };
  const polluting =
    '{"name":"p","params":{"__proto__":{"polluted":1},"a":{"constructor":{"prototype":{"polluted":1}}}}}';
  expect(await post('/api/v1/tracked-run/', polluting)).toBe(422);
  expect(await post('/api/v1/tracked-run/', '{"name":"p","__proto__":{"polluted":1}}')).toBe(422);
  const { id } = await open({ name: '__proto__', tags: ['constructor'], project: 'toString', ext_id: 'valueOf' });
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  expect((await log(id, ...names.map((name) => ({ name, values: [1], context: { split: '__proto__' } })))).status).toBe(200); // prettier-ignore
  expect((await seriesOf(id)).map(({ name }) => name).sort()).toEqual([...names].sort());
  const experiment = await newExperiment('__proto__');
  const rows = '{"dataPoints":[{"constructor":1,"toString":2,"note":{"valueOf":"x"}}]}';
  expect(await post(`/api/experiments/${experiment.id}/metrics/__proto__/append-batch`, rows)).toBe(200);
  const data = await told<{ data: { data: object }[] }>(house, 'GET', `/api/experiments/${experiment.id}/metrics/__proto__/data`); // prettier-ignore
  expect(data.body.data[0]!.data).toMatchObject({ constructor: 1, toString: 2, note: { valueOf: 'x' } });
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

it('two clients with one run: each point is there, each x of its own', async () => {
  const opened = await Promise.all(Array.from({ length: 4 }, () => open({ name: 'shared', ext_id: 'shared' })));
  const [{ id }] = opened as [WireTrackedRun];
  expect(new Set(opened.map((one) => one.id)).size).toBe(1);
  await Promise.all(
    opened.map(async (_one, client) => {
      for (let round = 0; round < 10; round++) {
        const own = Array.from({ length: 10 }, (_none, at) => client * 100 + round * 10 + at);
        expect((await log(id, { name: 'loss', values: own }, { name: 'kept', xs: [0], values: [client] })).status).toBe(
          200,
        );
      }
    }),
  );
  const { xs, values } = await valuesOf(id, 'loss');
  expect(xs).toEqual(Array.from({ length: 400 }, (_none, x) => x));
  expect([...values].sort((a, b) => a! - b!)).toEqual(xs);
  // Of each client in its order.
  for (let client = 0; client < 4; client++) {
    const own = values.filter((value) => Math.floor(value! / 100) === client);
    expect(own).toEqual([...own].sort((a, b) => a! - b!));
  }
  expect((await seriesOf(id)).map(({ name, count }) => [name, count]).sort()).toEqual([['kept', 1], ['loss', 400]]); // prettier-ignore
});

it('a file of ML-Dash whose bytes stop coming is not there, nor is half of it', async () => {
  const { id, project } = await newExperiment('broken off');
  const { port } = house.app.getHttpServer().address() as { port: number };
  const field = (name: string, value: string): string =>
    `--cut\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = `${field('type', 'FILE')}${field('projectId', project)}${field('experimentId', id)}${field('parentId', 'ROOT')}${field('name', 'w.bin')}--cut\r\ncontent-disposition: form-data; name="file"; filename="w.bin"\r\n\r\n`;
  const path = '/api/namespaces/local/nodes';
  const headers = { 'content-type': 'multipart/form-data; boundary=cut', 'content-length': 10_000_000 };
  const call = request({ port, host: '127.0.0.1', method: 'POST', path, headers });
  const gone = new Promise((resolve) => call.once('close', resolve).once('error', () => undefined));
  await new Promise((resolve) => call.write(head + 'x'.repeat(200_000), resolve));
  call.destroy();
  await gone;
  const query = `{ experimentById(id: "${id}") { filesPaginated { totalCount } } }`;
  const files = async (): Promise<unknown> => (await told(house, 'POST', '/graphql', { query })).body;
  expect(await files()).toEqual({ data: { experimentById: { filesPaginated: { totalCount: 0 } } } });
  // The next one is taken.
  const form = new FormData();
  for (const [name, value] of Object.entries({ type: 'FILE', projectId: project, experimentId: id, parentId: 'ROOT', name: 'w.bin' })) form.append(name, value); // prettier-ignore
  form.append('file', new Blob(['whole']), 'w.bin');
  expect((await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: form })).status).toBe(200);
  expect(await files()).toEqual({ data: { experimentById: { filesPaginated: { totalCount: 1 } } } });
});

it('a search of 10 kB is refused or finds nothing; it breaks nothing', async () => {
  const long = 'x'.repeat(10_000);
  for (const url of [`/api/v1/tracked-run/?search=${long}`, `/api/v1/tracked-run/?folder=${long}`])
    expect((await told(house, 'GET', url)).status).toBe(422);
});

it('a GraphQL query of 10 kB or of endless nesting is answered in its own words', async () => {
  const deep = (levels: number): string => `{ me { ${'a { '.repeat(levels)} id ${'} '.repeat(levels)} } }`;
  const asked = async (query: string): Promise<unknown> => {
    const { status, body } = await told<{ data?: unknown; errors?: { message: string }[] }>(house, 'POST', '/graphql', { query }); // prettier-ignore
    return [status, body.errors?.[0]?.message ?? body.data];
  };
  for (const levels of [30, 1500, 5000]) expect(await asked(deep(levels))).toEqual([200, 'The query nests deeper than 25 fields']); // prettier-ignore
  expect(await asked(`{ me(a: ${'['.repeat(5000)}`)).toEqual([200, 'The query nests deeper than 25 fields']);
  expect(await asked(`{ me { username } ${'#'.padEnd(10_000, 'x')}\n }`)).toEqual([200, { me: { username: 'local' } }]);
  expect(await asked(`{ ${'me { id } '.repeat(1000)} }`)).toEqual([200, expect.stringContaining('tokens') as string]);
});
