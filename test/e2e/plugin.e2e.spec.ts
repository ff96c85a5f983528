import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import {
  type FakeRegistry,
  fakeRegistry,
  folderFiles,
  packed,
  type PackageFile,
  pluginFiles,
} from './plugin-registry.js';
import { newRun, scoredByEach } from './training.js';

const EXAMPLE = 'millrace-plugin-max-error';
const SECRET = 'not-for-plugins';

interface Plugin {
  id: number;
  name: string;
  status: number;
  installed_version: string | null;
  lastest_version: string | null;
  summary: string;
  description: string;
  tags: { name: string }[];
}

let registry: FakeRegistry;
let millrace: RunningMillrace;
let api: Caller;
beforeAll(async () => {
  registry = await fakeRegistry();
  registry.publish(EXAMPLE, '1.0.0', packed(folderFiles(`examples/${EXAMPLE}`)));
  millrace = await startMillrace({
    backend: 'postgres',
    workers: 2,
    env: { MILLRACE_PLUGINS: 'on', MILLRACE_PLUGIN_REGISTRY: registry.url, CLOUD_SECRET: SECRET },
  });
  api = new Caller(millrace.url);
});
afterAll(async () => {
  await (millrace as RunningMillrace | undefined)?.stop();
  await registry.close();
});

const registered = async (name: string): Promise<Plugin> =>
  (await api.ok<Plugin[]>('POST', '/plugin/', [{ name }]))[0]!;
const change = (id: number, status: number) =>
  api.call<Plugin & { code: string; detail: string }>('PATCH', `/plugin/${id}`, { new_status: status });
const names = async () => (await api.ok<{ name: string }[]>('GET', '/component/')).map(({ name }) => name);
/** A package goes after the rows that named it, so whoever sees the rows may see it for a moment longer. */
const packages = (): string[] => {
  try {
    return readdirSync(join(millrace.home, 'data', 'plugins'));
  } catch {
    return [];
  }
};
/** A metric whose score is what this code computes. */
const metric = (name: string, score: string, before = ''): string => `
  ${before}
  const text = { name: '${name}', summary: 'A metric.', params: {} };
  export const components = [{
    kind: 'regression-metric', name: '${name}', params: {}, tasks: ['RegressionTask'], maximize: false,
    texts: { en: text, es: text, pt: text, de: text, zh: text },
    score() { ${score} },
  }];`;
const offer = async (name: string, files: PackageFile[], version = '1.0.0'): Promise<Plugin> => {
  registry.publish(name, version, packed(files));
  return registered(name);
};

describe('a plugin', () => {
  let plugin: Plugin;
  let session: { id: number };
  let dataset: { id: number };

  it('is found in the registry, and nothing else is', async () => {
    const listed = await api.ok<Plugin[]>('POST', '/plugin/index');
    expect(listed).toMatchObject([
      {
        name: EXAMPLE,
        author: 'somebody',
        status: 1,
        installed_version: null,
        lastest_version: '1.0.0',
        summary: `About ${EXAMPLE}`,
        tags: [{ name: 'Metric' }],
      },
    ]);
    plugin = listed[0]!;
    expect(await api.ok('GET', '/plugin/?plugin_status=REGISTERED&tags=Metric&tags=Task')).toEqual(listed);
    expect(await api.ok('GET', '/plugin/?plugin_status=INSTALLED')).toEqual([]);
    expect(await api.ok('GET', '/plugin/?tags=Task')).toEqual([]);
  });

  it('is installed once, with what its package says of it', async () => {
    const [first, second] = await Promise.all([change(plugin.id, 2), change(plugin.id, 2)]);
    for (const { status, body } of [first, second])
      expect({ status, body }).toMatchObject({ status: 200, body: { status: 2, installed_version: '1.0.0' } });
    expect(first.body.description).toContain('# Max error');
    await vi.waitFor(() => expect(packages()).toHaveLength(1), { timeout: 60_000 });
    await vi.waitFor(async () => expect(await names()).toContain('MaxError'), { timeout: 60_000 });
    const german = await new Caller(millrace.url, 'de').ok<{ description: string }>('GET', '/component/MaxError/');
    expect(german.description).toContain('schlechteste Vorhersage');
  });

  it('scores runs on every worker', async () => {
    dataset = await api.dataset(
      'numbers',
      ['x,y', ...Array.from({ length: 50 }, (_, i) => `${i}.5,${(i * 7) % 5}.25`)].join('\n'),
    );
    session = await api.ok('POST', '/model-session/', {
      dataset_id: dataset.id,
      name: 's',
      task_name: 'RegressionTask',
      input_columns: ['x'],
      output_columns: ['y'],
      train_metrics: [],
      validation_metrics: [],
      test_metrics: ['MaxError', 'MAE'],
      evaluation_strategy: 'HoldoutEvaluationStrategy',
      splits: JSON.stringify({ train: 0.6, validation: 0.2, test: 0.2 }),
    });
    const scores = await scoredByEach(millrace, api, session.id);
    expect(scores).toHaveLength(2);
    for (const { MaxError, MAE } of scores) expect(MaxError).toBeGreaterThanOrEqual(MAE!);
  });

  it('is upgraded, and the children of every worker forget the version before', async () => {
    registry.publish(
      EXAMPLE,
      '2.0.0',
      packed(pluginFiles({ name: EXAMPLE, version: '2.0.0' }, metric('MaxError', 'return 42;'))),
    );
    const upgraded = await api.ok<Plugin>('PATCH', `/plugin/${plugin.id}/upgrade`);
    expect(upgraded).toMatchObject({ installed_version: '2.0.0', lastest_version: '2.0.0', status: 2 });
    await vi.waitFor(() => expect(packages()).toHaveLength(1), { timeout: 60_000 });
    expect(await scoredByEach(millrace, api, session.id)).toMatchObject([{ MaxError: 42 }, { MaxError: 42 }]);
  });

  it('stays as it is when its newest version is broken', async () => {
    registry.publish(
      EXAMPLE,
      '3.0.0',
      packed(pluginFiles({ name: EXAMPLE, version: '3.0.0' }, 'throw new Error("no")')),
    );
    const answer = await api.call('PATCH', `/plugin/${plugin.id}/upgrade`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'plugin-invalid' } });
    expect(await api.ok('GET', `/plugin/${plugin.id}`)).toMatchObject({ installed_version: '2.0.0', status: 2 });
    expect(await names()).toContain('MaxError');
    await vi.waitFor(() => expect(packages()).toHaveLength(1), { timeout: 60_000 });
  });

  it('is taken out, and runs that need it say so', async () => {
    const { id } = await api.ok<{ id: number }>('POST', '/run/', newRun(session.id, 'LinearRegression'));
    expect(await change(plugin.id, 1)).toMatchObject({ status: 200, body: { status: 1, installed_version: null } });
    await vi.waitFor(async () => expect(await names()).not.toContain('MaxError'), { timeout: 60_000 });
    await vi.waitFor(() => expect(packages()).toEqual([]), { timeout: 60_000 });
    const end = await api.end(await api.submit('ModelJob', { run_id: id }));
    expect(end.status).toBe('error');
    expect(end.error).toContain(`MaxError came with the plugin ${EXAMPLE}`);
  });

  it('is forgotten, installed or not', async () => {
    registry.publish(EXAMPLE, '1.0.0', packed(folderFiles(`examples/${EXAMPLE}`)));
    expect(await change(plugin.id, 2)).toMatchObject({ status: 200 });
    expect(await api.call('DELETE', `/plugin/${plugin.id}`)).toMatchObject({ status: 204 });
    expect(await api.call('GET', `/plugin/${plugin.id}`)).toMatchObject({
      status: 404,
      body: { code: 'plugin-not-found' },
    });
    await vi.waitFor(() => expect(packages()).toEqual([]), { timeout: 60_000 });
    await vi.waitFor(async () => expect(await names()).not.toContain('MaxError'), { timeout: 60_000 });
  });
});

describe('a package that is not right leaves nothing', () => {
  const good = metric('Fine', 'return 0;');
  it.each<[string, PackageFile[], number, string, string]>([
    [
      'throws while it loads',
      pluginFiles({ name: 'p-throws' }, 'throw new Error("what a day")'),
      422,
      'plugin-invalid',
      'what a day',
    ],
    [
      'is not JavaScript',
      pluginFiles({ name: 'p-syntax' }, 'export const = 5'),
      422,
      'plugin-invalid',
      'fails while it loads',
    ],
    ['exports nothing', pluginFiles({ name: 'p-empty' }, 'export const a = 1'), 422, 'plugin-invalid', 'no list'],
    [
      'exports garbage',
      pluginFiles({ name: 'p-garbage' }, 'export const components = [5, null]'),
      422,
      'plugin-invalid',
      'component 1',
    ],
    [
      'lacks a function',
      pluginFiles({ name: 'p-lacks' }, good.replace('score()', 'sc0re()')),
      422,
      'plugin-invalid',
      'score',
    ],
    [
      'lacks a language',
      pluginFiles({ name: 'p-texts' }, good.replace('zh: text', '')),
      422,
      'plugin-invalid',
      'language zh',
    ],
    ['has a name of ours', pluginFiles({ name: 'p-clash' }, metric('MAE', 'return 0;')), 409, 'plugin-clash', 'MAE'],
    ['holds a link', [{ name: 'components.js', link: '/etc/passwd' }], 422, 'plugin-invalid', 'link'],
    ['leads out', [{ name: '../../evil.js', content: 'x' }], 422, 'plugin-invalid', 'leads out'],
    ['holds an add-on', [{ name: 'a.node', content: 'x' }], 422, 'plugin-invalid', 'add-on'],
    [
      'needs other packages',
      pluginFiles({ name: 'p-needs', dependencies: { lodash: '4' } }, good),
      422,
      'plugin-invalid',
      'lodash',
    ],
    ['calls itself otherwise', pluginFiles({ name: 'p-another' }, good), 422, 'plugin-invalid', 'calls itself'],
    [
      'is of another contract',
      pluginFiles({ name: 'p-api', millrace: { api: 2, components: 'components.js' } }, good),
      422,
      'plugin-invalid',
      'package.json',
    ],
    [
      'names a file it lacks',
      pluginFiles({ name: 'p-file', millrace: { api: 1, components: '../x.js' } }, good),
      422,
      'plugin-invalid',
      'does not hold',
    ],
  ])('that %s', async (what, files, status, code, part) => {
    const declared = JSON.parse(files[0]!.content?.startsWith('{') ? files[0]!.content : '{}') as { name?: string };
    const name = what === 'calls itself otherwise' ? 'p-one' : (declared.name ?? 'p-other');
    const before = await names();
    const plugin = await offer(name, files);
    const answer = await change(plugin.id, 2);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.detail).toContain(part);
    expect(await api.ok('GET', `/plugin/${plugin.id}`)).toMatchObject({ status: 1, installed_version: null });
    await vi.waitFor(() => expect(packages()).toEqual([]), { timeout: 60_000 });
    expect(await names()).toEqual(before);
  });

  it('that is not what was promised', async () => {
    const tgz = packed(pluginFiles({ name: 'p-swapped' }, good));
    registry.publish('p-swapped', '1.0.0', tgz, { promised: Buffer.from('else') });
    expect(await change((await registered('p-swapped')).id, 2)).toMatchObject({
      status: 422,
      body: { code: 'plugin-package-wrong' },
    });
    registry.publish('p-swapped', '1.0.0', tgz, { tarball: 'http://127.0.0.1:1/x.tgz' });
    expect(await change((await registered('p-swapped')).id, 2)).toMatchObject({
      status: 422,
      body: { code: 'plugin-package-wrong' },
    });
    await vi.waitFor(() => expect(packages()).toEqual([]), { timeout: 60_000 });
  });

  it('that nobody published, or a registry that fails', async () => {
    const nobody = await registered('p-nobody');
    expect(await change(nobody.id, 2)).toMatchObject({ status: 502, body: { code: 'plugin-registry-failed' } });
    registry.fail(500);
    expect(await api.call('POST', '/plugin/index')).toMatchObject({
      status: 502,
      body: { code: 'plugin-registry-failed' },
    });
    registry.fail(undefined);
  });

  it.each([
    ['PATCH', '/plugin/999', { new_status: 2 }, 404, 'plugin-not-found'],
    ['PATCH', '/plugin/999/upgrade', undefined, 404, 'plugin-not-found'],
    ['DELETE', '/plugin/999', undefined, 404, 'plugin-not-found'],
    ['PATCH', '/plugin/1', { new_status: 7 }, 422, 'input-invalid'],
    ['POST', '/plugin/', [{ name: '../x' }], 422, 'input-invalid'],
    ['GET', '/plugin/?plugin_status=NONE', undefined, 422, 'input-invalid'],
  ])('%s %s %j is refused', async (method, path, body, status, code) => {
    expect(await api.call(method, path, body)).toMatchObject({ status, body: { code } });
  });
});

describe('what a plugin may do', () => {
  it('is little: no environment, no files beside its data, no programs', async () => {
    const tries = `
      const can = async (name, work) => { try { await work(); return [name]; } catch { return []; } };
      import { readFileSync, writeFileSync } from 'node:fs';
      const found = (await Promise.all([
        can('environ', () => readFileSync('/proc/' + process.ppid + '/environ')),
        can('passwd', () => readFileSync('/etc/passwd')),
        can('home', () => readFileSync('${millrace.home}/api.log')),
        can('write', () => writeFileSync('${millrace.home}/x', '')),
        can('code', () => writeFileSync(process.cwd() + '/dist/x', '')),
        can('exec', async () => (await import('node:child_process')).execSync('true')),
        can('environment', () => { if (!JSON.stringify(process.env).match(/${SECRET}|postgres/)) throw 0; }),
      ])).flat();
      throw new Error('could: ' + found.join(' '));`;
    const plugin = await offer('p-nosy', pluginFiles({ name: 'p-nosy' }, tries));
    const { body } = await change(plugin.id, 2);
    expect(body.detail).toMatch(/could: \)/);
  });
});
