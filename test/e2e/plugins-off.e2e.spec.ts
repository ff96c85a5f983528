import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { type FakeRegistry, fakeRegistry } from './plugin-registry.js';

let registry: FakeRegistry;
let millrace: RunningMillrace;
beforeAll(async () => {
  registry = await fakeRegistry();
  millrace = await startMillrace({ backend: 'postgres', env: { MILLRACE_PLUGIN_REGISTRY: registry.url } });
});
afterAll(async () => {
  await (millrace as RunningMillrace | undefined)?.stop();
  await registry.close();
});

it('nothing is installed and nobody is asked unless the operator says so', async () => {
  const api = new Caller(millrace.url);
  const [plugin] = await api.ok<{ id: number }[]>('POST', '/plugin/', [{ name: '@some/plugin' }]);
  for (const path of [`/plugin/${plugin!.id}`, `/plugin/${plugin!.id}/upgrade`]) {
    const refused = await api.call<{ code: string; detail: string }>('PATCH', path, { new_status: 2 });
    expect(refused).toMatchObject({ status: 403, body: { code: 'plugins-disabled' } });
    expect(refused.body.detail).toContain('MILLRACE_PLUGINS=on');
  }
  expect(await api.ok('POST', '/plugin/index')).toMatchObject([{ name: '@some/plugin', status: 1 }]);
  expect(registry.asked).toEqual([]);
});
