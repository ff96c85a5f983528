import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { AppError } from '#contract';

import { fakeRegistry, packed, pluginFiles } from '../../../../test/e2e/plugin-registry.js';
import { apiHouse, told } from '../api.fixture.js';
import { meetRefusal, type Refused, stateOf } from '../refusal.fixture.js';
import { houseWorker, minutesPass } from '../worker.fixture.js';

const registry = await fakeRegistry();
const house = apiHouse({ env: { MILLRACE_PLUGINS: 'on', MILLRACE_PLUGIN_REGISTRY: registry.url } });
/** A child that loads a plugin for ever is stopped by its worker, which is a program of its own: test/e2e/plugin-attacks. */
const stuck = { plugin: 'p-stuck', seconds: 30 };
const worker = houseWorker(house, {
  'inspect-plugin': ({ name }) => (name === stuck.plugin ? new AppError('plugin-stuck', stuck) : undefined),
});
const off = apiHouse();
afterAll(() => registry.close());
afterEach(() => registry.fail(undefined));

const metric = (name: string): string => `
  const text = { name: 'x', summary: 'A metric.', params: {} };
  export const components = [{ kind: 'regression-metric', name: '${name}', params: {}, tasks: ['RegressionTask'],
    maximize: false, texts: { en: text, es: text, pt: text, de: text, zh: text }, score() { return 0; } }];`;
const plugin = (name: string, code: string): Buffer => packed(pluginFiles({ name }, code));

const ids: Record<string, string | number> = { nobody: 999_999 };
const NAMES = ['p-elsewhere', 'p-changed', 'p-broken', 'p-taken', 'p-rival', 'p-first', 'p-stuck', 'p-unknown'];
beforeAll(async () => {
  const good = plugin('p-first', metric('FirstError'));
  registry.publish('p-first', '1.0.0', good);
  registry.publish('p-elsewhere', '1.0.0', good, { tarball: 'http://127.0.0.1:1/p.tgz' });
  registry.publish('p-changed', '1.0.0', good, { promised: Buffer.from('other bytes') });
  registry.publish('p-broken', '1.0.0', plugin('p-broken', `throw new Error('broken on purpose');`));
  registry.publish('p-taken', '1.0.0', plugin('p-taken', metric('MAE')));
  registry.publish('p-rival', '1.0.0', plugin('p-rival', metric('FirstError')));
  registry.publish('p-stuck', '1.0.0', plugin('p-stuck', metric('StuckError')));
  const plugins = NAMES.map((name) => ({ name }));
  const { body } = await told<{ id: number; name: string }[]>(house, 'POST', '/api/v1/plugin/', plugins);
  for (const { id, name } of body) ids[name] = id;
  const installed = await told(house, 'PATCH', `/api/v1/plugin/${ids['p-first']}`, { new_status: 2 });
  expect(installed).toMatchObject({ status: 200, body: { status: 2, installed_version: '1.0.0' } });
  await worker.settled();
  const asleep = await told<{ id: number }[]>(off, 'POST', '/api/v1/plugin/', [{ name: 'p-first' }]);
  ids['off'] = asleep.body[0]!.id;
});

/** Both ways to install what is not there yet. */
const WAYS = [
  ['', { new_status: 2 }],
  ['/upgrade', undefined],
] as const;
const refused = (code: string, status: number, name: string, says: string): Refused[] =>
  WAYS.map(([end, body]) => [code, status, 'PATCH', `/plugin/{${name}}${end}`, body, says]);
const unknown = (method: string, path: string): Refused => [
  'plugin-not-found',
  404,
  method,
  path,
  undefined,
  'id={nobody}',
];
const rows: readonly Refused[] = [
  ...refused('plugin-not-found', 404, 'nobody', 'id={nobody}'),
  ...refused('plugin-package-wrong', 422, 'p-elsewhere', 'p-elsewhere is not what the registry promises: 127.0.0.1:1'),
  ...refused('plugin-package-wrong', 422, 'p-changed', 'p-changed is not what the registry promises: SHA-512'),
  ...refused('plugin-invalid', 422, 'p-broken', 'broken on purpose'),
  ...refused('plugin-clash', 409, 'p-taken', 'p-taken brings components whose names are taken: MAE'),
  ...refused('plugin-clash', 409, 'p-rival', 'p-rival brings components whose names are taken: FirstError'),
  ...refused('plugin-stuck', 422, 'p-stuck', 'p-stuck did not finish loading within 30 s'),
  ...refused('plugin-registry-failed', 502, 'p-unknown', '404'),
  unknown('GET', '/plugin/{nobody}'),
  unknown('DELETE', '/plugin/{nobody}'),
];

describe('a plugin that is refused leaves everything as it was', () => {
  it.each(rows)('%s: %i %s %s', (...row) => meetRefusal(house, ids, row, worker.settled));

  it.each([
    ...refused('plugin-registry-failed', 502, 'p-first', '503').slice(1),
    ...refused('plugin-registry-failed', 502, 'p-stuck', '503'),
    ['plugin-registry-failed', 502, 'POST', '/plugin/index', undefined, '503'] as const,
  ])('%s while the registry is ill: %i %s %s', async (...row) => {
    registry.fail(503);
    await meetRefusal(house, ids, row, worker.settled);
  });

  it.each(refused('plugins-disabled', 403, 'off', 'MILLRACE_PLUGINS=on'))('%s: %i %s %s', (...row) =>
    meetRefusal(off, ids, row),
  );

  it('also when no worker answers in time', async () => {
    worker.rest();
    minutesPass();
    const before = await stateOf(house);
    for (const [end, body] of WAYS) {
      const answer = await told<{ detail: string }>(house, 'PATCH', `/api/v1/plugin/${ids['p-stuck']}${end}`, body);
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable', values: { service: 'worker' } } });
      expect(answer.body.detail).toContain('Try again');
    }
    expect(await stateOf(house)).toEqual(before);
    const waiting = `SELECT type FROM job WHERE state IN ('not_started', 'started')`;
    expect(await house.ports.db.query(waiting)).toEqual([]);
  });
});
