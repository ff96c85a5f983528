import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { type FakeRegistry, fakeRegistry, packed, pluginFiles } from './plugin-registry.js';
import { newRun, trained } from './training.js';

const SECRET = 'not-for-plugins';
const UID = 47_321;
const LOAD_MS = 12_000;

/** What hostile metrics do when they are asked for a score, by their names. */
const attacks = (home: string): Record<string, string> => ({
  ReadsPasswords: `fs.readFileSync('/etc/shadow');`,
  ReadsEnvironment: `fs.readFileSync('/proc/' + process.ppid + '/environ');`,
  ReadsLog: `fs.readFileSync('${home}/worker-1.log');`,
  WritesStorage: `fs.writeFileSync('${home}/data/tables/x', '');`,
  WritesCode: `fs.writeFileSync('${process.cwd()}/dist/x', '');`,
  WritesTemp: `fs.writeFileSync('/tmp/millrace-attack', '');`,
  LinksOut: `fs.symlinkSync('/etc/shadow', os.tmpdir() + '/made.link');`,
  OpensSocket: `net.connect(80, '127.0.0.1');`,
  Listens: `http.createServer(() => 0).listen(0);`,
  Asks: `dns.lookup('localhost', () => 0);`,
  Fetches: `fetch('http://127.0.0.1:1/');`,
  SendsDatagram: `dgram.createSocket('udp4');`,
  Forks: `childProcess.execFileSync('/bin/true');`,
  ForksThroughProcess: `process.getBuiltinModule('child_process').spawnSync('/bin/true');`,
  StartsThread: `new threads.Worker('1', { eval: true });`,
  LoadsAddon: `process.dlopen({ exports: {} }, '/lib/x.node');`,
  KillsWorker: `process.kill(process.ppid, 'SIGKILL');`,
});
/** Attacks and the word that the refusal names them by. */
const NAMED: readonly (readonly [string, string])[] = [
  ['ReadsPasswords', 'FileSystemRead'],
  ['ReadsEnvironment', 'FileSystemRead'],
  ['ReadsLog', 'FileSystemRead'],
  ['WritesStorage', 'FileSystemWrite'],
  ['WritesCode', 'FileSystemWrite'],
  ['WritesTemp', 'FileSystemWrite'],
  ['LinksOut', 'fs.symlink'],
  ['OpensSocket', 'net.connect'],
  ['Listens', 'http.createServer'],
  ['Asks', 'dns.lookup'],
  ['Fetches', 'fetch'],
  ['SendsDatagram', 'dgram.createSocket'],
  ['Forks', 'child_process.execFileSync'],
  ['ForksThroughProcess', 'child_process.spawnSync'],
  ['StartsThread', 'worker_threads.Worker'],
  ['LoadsAddon', 'process.dlopen'],
  ['KillsWorker', 'process.kill'],
];

const hostile = (home: string): string => {
  const scores: Record<string, string> = {
    ...attacks(home),
    Eats: `for (const kept = [];;) kept.push(new Float64Array(1e6).fill(1));`,
    Loops: `for (;;);`,
    Exits: `process.exit(0);`,
    Harmless: `fs.writeFileSync(os.tmpdir() + '/mine', ''); return 7;`,
    Secrets: `return (JSON.stringify(process.env).match(/${SECRET}|postgres|DATABASE_URL/g) ?? []).length;`,
  };
  const metrics = Object.entries(scores).map(
    ([
      name,
      code,
    ]) => `{ kind: 'regression-metric', name: '${name}', params: {}, tasks: ['RegressionTask'], maximize: false,
      texts: { en: text, es: text, pt: text, de: text, zh: text }, score() { ${code} return 0; } }`,
  );
  return `
    import fs from 'node:fs'; import os from 'node:os'; import net from 'node:net'; import http from 'node:http';
    import dns from 'node:dns'; import dgram from 'node:dgram'; import childProcess from 'node:child_process';
    import threads from 'node:worker_threads';
    const text = { name: 'x', summary: 'A metric.', params: {} };
    export const components = [${metrics.join(',')}];`;
};

let registry: FakeRegistry;
let millrace: RunningMillrace;
let api: Caller;
let dataset: { id: number };
beforeAll(async () => {
  registry = await fakeRegistry();
  millrace = await startMillrace({
    backend: 'postgres',
    workers: 1,
    env: {
      MILLRACE_PLUGINS: 'on',
      MILLRACE_PLUGIN_REGISTRY: registry.url,
      MILLRACE_PLUGIN_LOAD_MS: `${LOAD_MS}`,
      MILLRACE_CHILD_MEMORY_BYTES: `${512 * 1024 ** 2}`,
      CLOUD_SECRET: SECRET,
    },
  });
  api = new Caller(millrace.url);
  registry.publish('p-hostile', '1.0.0', packed(pluginFiles({ name: 'p-hostile' }, hostile(millrace.home))));
  const [plugin] = await api.ok<{ id: number }[]>('POST', '/plugin/', [{ name: 'p-hostile' }]);
  await api.ok('PATCH', `/plugin/${plugin!.id}`, { new_status: 2 });
  const rows = Array.from({ length: 50 }, (_, i) => `${i}.5,${(i * 7) % 5}.25`);
  dataset = await api.dataset('numbers', ['x,y', ...rows].join('\n'));
});
afterAll(async () => {
  await (millrace as RunningMillrace | undefined)?.stop();
  await registry.close();
});

const newSession = (metric: string) =>
  api.ok<{ id: number }>('POST', '/model-session/', {
    dataset_id: dataset.id,
    name: `${metric} ${Math.random()}`,
    task_name: 'RegressionTask',
    input_columns: ['x'],
    output_columns: ['y'],
    train_metrics: [],
    validation_metrics: [],
    test_metrics: [metric],
    evaluation_strategy: 'HoldoutEvaluationStrategy',
    splits: JSON.stringify({ train: 0.6, validation: 0.2, test: 0.2 }),
  });
const submitted = async (metric: string): Promise<string> => {
  const { id } = await newSession(metric);
  const run = await api.ok<{ id: number }>('POST', '/run/', newRun(id, 'LinearRegression'));
  return api.submit('ModelJob', { run_id: run.id });
};
const score = async (metric: string): Promise<number | undefined> => {
  const run = await trained(api, (await newSession(metric)).id, 'LinearRegression');
  return run.test_metrics?.[metric];
};
/** The worker is the one it was, and works. */
const livesOn = async (): Promise<void> => {
  expect(millrace.workers[0]!.exitCode()).toBeUndefined();
  expect(await score('MAE')).toBeGreaterThanOrEqual(0);
};
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      try {
        const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    });

describe('a hostile plugin', () => {
  it.each(NAMED)('that %s is refused in words', async (metric, word) => {
    const end = await api.end(await submitted(metric));
    expect(end.status).toBe('error');
    expect(end.error).toContain('tried what plugins may not do');
    expect(end.error).toContain(word);
  });

  it('did not hurt the worker with any of that', livesOn);

  it('may use what is its own, and finds no secret', async () => {
    expect(await score('Harmless')).toBe(7);
    expect(await score('Secrets')).toBe(0);
  });

  it('that eats memory ends its own job', async () => {
    const end = await api.end(await submitted('Eats'));
    expect(end).toMatchObject({ status: 'error', error: expect.stringContaining('memory') as string });
    expect(await score('Harmless')).toBe(7);
    await livesOn();
  });

  it('that asks for the end of its process ends its own job', async () => {
    const end = await api.end(await submitted('Exits'));
    expect(end.status).toBe('error');
    expect(await score('Harmless')).toBe(7);
    await livesOn();
  });

  it('that loops for ever is stopped with its job, and ran apart from all others', async () => {
    const job = await submitted('Loops');
    await vi.waitFor(
      async () => expect(await api.ok('GET', `/job/status/${job}`)).toMatchObject({ status: 'started' }),
      60_000,
    );
    const walls = readFileSync(millrace.workers[0]!.logFile, 'utf8')
      .split('\n')
      .find((line) => line.includes('walls around plugins'));
    const { uid, ownNetwork } = JSON.parse(walls!) as { uid: number | null; ownNetwork: boolean };
    if (uid === null || !ownNetwork) console.warn(`NOT ALL WALLS STAND HERE: ${walls!}`);
    await vi.waitFor(() => {
      const statuses = childrenOf(millrace.workers[0]!.pid).map((pid) => ({
        uid: Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]),
        network: readlinkSync(`/proc/${pid}/ns/net`),
      }));
      const network = readlinkSync('/proc/self/ns/net');
      if (uid !== null) expect(statuses.some((status) => status.uid === UID)).toBe(true);
      if (ownNetwork) expect(statuses.some((status) => status.network !== network)).toBe(true);
    }, 60_000);
    await api.ok('DELETE', `/job/${job}`);
    expect((await api.end(job)).status).toBe('cancelled');
    await livesOn();
  });

  it('that does not finish loading is not installed', async () => {
    registry.publish('p-loops', '1.0.0', packed(pluginFiles({ name: 'p-loops' }, 'for (;;);')));
    const [plugin] = await api.ok<{ id: number }[]>('POST', '/plugin/', [{ name: 'p-loops' }]);
    const answer = await api.call<{ code: string; detail: string }>('PATCH', `/plugin/${plugin!.id}`, {
      new_status: 2,
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'plugin-stuck' } });
    expect(answer.body.detail).toContain(`did not finish loading within ${LOAD_MS / 1000} s`);
    await livesOn();
  });

  it('finds no way around while it loads', async () => {
    const tries = `
      import module from 'node:module'; import http from 'node:http'; import tls from 'node:tls'; import threads from 'node:worker_threads';
      const require = module.createRequire('${process.cwd()}/package.json');
      const can = async (name, work) => { try { await work(); return [name]; } catch { return []; } };
      const found = (await Promise.all([
        can('engine', async () => { const { DuckDBInstance } = require('@duckdb/node-api'); await DuckDBInstance.create(':memory:'); }),
        can('binding', () => require('@duckdb/node-bindings').open(':memory:').then((it) => it)),
        can('binding again', () => {
          for (const path of Object.keys(require.cache)) delete require.cache[path];
          return require('@duckdb/node-bindings').open(':memory:');
        }),
        can('wasi', () => new (require('node:wasi').WASI)({ version: 'preview1', preopens: { '/': '/' } })),
        can('sqlite', () => new (require('node:sqlite').DatabaseSync)('${process.cwd()}/x.db')),
        can('hooks', () => module.register('data:text/javascript,import "node:net"')),
        can('internals', () => require('_http_client').ClientRequest('http://127.0.0.1')),
        can('flags', () => require('node:v8').setFlagsFromString('--expose-gc')),
        can('agent', () => http.globalAgent.createConnection({ port: 80, host: '127.0.0.1' })),
        can('socket', () => new (Object.getPrototypeOf(Object.getPrototypeOf(new tls.TLSSocket()))).constructor().connect(80)),
        can('handle', () => require('node:net')._createServerHandle('127.0.0.1', 0, 4)),
        can('udp', () => require('node:dgram')._createSocketHandle('127.0.0.1', 0, 'udp4')),
        can('binding of node', () => process.binding('tcp_wrap')),
        can('channel', () => threads.parentPort.postMessage({ kind: 'ready' })),
        can('give back', () => { Object.defineProperty(globalThis, 'fetch', { value: 1 }); }),
        can('resolver', () => new (require('node:dns').promises.Resolver)().resolve('localhost')),
      ])).flat();
      throw new Error('could: ' + found.join(' '));`;
    registry.publish('p-clever', '1.0.0', packed(pluginFiles({ name: 'p-clever' }, tries)));
    const [plugin] = await api.ok<{ id: number }[]>('POST', '/plugin/', [{ name: 'p-clever' }]);
    const { body } = await api.call<{ detail: string }>('PATCH', `/plugin/${plugin!.id}`, { new_status: 2 });
    expect(body.detail).toMatch(/could: \)/);
  });
});
