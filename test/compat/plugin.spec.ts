import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { type FakeRegistry, fakeRegistry, folderFiles, packed } from '../e2e/plugin-registry.js';
import { a, call, data, enqueue, get, post } from './client.js';

const EXAMPLE = 'millrace-plugin-max-error';

interface Plugin {
  readonly id: number;
  readonly status: number;
}
/** Every field of the client's type. */
const fields = { id: a.number, name: EXAMPLE, author: a.text, verified: a.flag, tags: [{ id: a.number, name: 'Metric', plugin_id: a.number }], summary: a.text, description: a.text, description_content_type: a.text, created: a.text, last_modified: a.text }; // prettier-ignore
const registered = { ...fields, status: 1, installed_version: null, lastest_version: '1.0.0' };
const installed = { ...fields, status: 2, installed_version: '1.0.0', lastest_version: '1.0.0' };

const everyonesUrl = process.env['MILLRACE_COMPAT_URL'];
let registry: FakeRegistry;
let millrace: RunningMillrace;
let plugin: Plugin;
// A house of its own: what is installed here, and jobs that end at once, would be in the way of the other files.
beforeAll(async () => {
  registry = await fakeRegistry();
  registry.publish(EXAMPLE, '1.0.0', packed(folderFiles(`examples/${EXAMPLE}`)));
  const env = { MILLRACE_PLUGINS: 'on', MILLRACE_PLUGIN_REGISTRY: registry.url };
  millrace = await startMillrace({ backend: 'postgres', env });
  process.env['MILLRACE_COMPAT_URL'] = millrace.url;
});
afterAll(async () => {
  // Files that this process runs later ask the house of all.
  process.env['MILLRACE_COMPAT_URL'] = everyonesUrl;
  await (millrace as RunningMillrace | undefined)?.stop();
  await registry.close();
});

const change = (status: number) => call<Plugin>('PATCH', `/v1/plugin/${plugin.id}`, { json: { new_status: status } });
const metrics = async (): Promise<string[]> =>
  (await get<{ name: string }[]>('/v1/component/', { select_types: 'Metric' })).map(({ name }) => name);

it('POST /v1/plugin/index refreshes and lists, GET /v1/plugin/ and /{id} have what the cards show', async () => {
  expect(await get('/v1/plugin/')).toEqual([]);
  const listed = await post<Plugin[]>('/v1/plugin/index');
  expect(listed).toEqual([registered]);
  plugin = listed[0]!;
  expect(await get('/v1/plugin/')).toEqual(listed);
  expect(await get(`/v1/plugin/${plugin.id}`)).toEqual(plugin);
  expect(await get('/v1/plugin/', { plugin_status: 'REGISTERED', tags: ['Metric', 'Task'] })).toEqual(listed);
});

it('PATCH /v1/plugin/{id} installs, /upgrade brings the newest, and back', async () => {
  const first = await change(2);
  expect([first.status, first.data]).toEqual([200, installed]);
  await expect.poll(metrics).toContain('MaxError');
  registry.publish(EXAMPLE, '1.1.0', packed(upgraded()));
  expect(await post('/v1/plugin/index')).toMatchObject([{ installed_version: '1.0.0', lastest_version: '1.1.0' }]);
  const newest = await data('PATCH', `/v1/plugin/${plugin.id}/upgrade`);
  expect(newest).toEqual({ ...installed, installed_version: '1.1.0', lastest_version: '1.1.0' });
  const back = await change(1);
  expect([back.status, back.data]).toEqual([200, { ...registered, lastest_version: '1.1.0' }]);
  await expect.poll(metrics).not.toContain('MaxError');
});

const upgraded = () =>
  folderFiles(`examples/${EXAMPLE}`).map(({ name, content }) => ({
    name,
    content: name === 'package.json' ? content!.replace(/"version": "[^"]+"/, '"version": "1.1.0"') : content!,
  }));

it('DELETE /v1/plugin/{id}', async () => {
  expect((await call('DELETE', `/v1/plugin/${plugin.id}`)).status).toBe(204);
  expect(await call('GET', `/v1/plugin/${plugin.id}`)).toMatchObject({ status: 404, data: { detail: a.text } });
});

it('DELETE /v1/job/all leaves nothing that waits or runs, and says how many went', async () => {
  const { id } = await post<{ id: number }>('/v1/dataset/', { name: 'never' });
  const params = { name: 'never', dataloader: 'CSVDataLoader' };
  await Promise.all(millrace.workers.map((worker) => worker.stop()));
  await enqueue(
    'DatasetJob',
    { dataset_id: id, notebook_id: null, url: null, params },
    { name: 'never.csv', text: 'a\n1\n' },
  );
  expect(await data('DELETE', '/v1/job/all')).toMatchObject({ deleted: 1 });
  expect(await get('/v1/job/is_empty')).toEqual({ is_empty: true });
  // A data set that never got its rows goes with its job.
  expect((await call('GET', `/v1/dataset/${id}`)).status).toBe(404);
});
