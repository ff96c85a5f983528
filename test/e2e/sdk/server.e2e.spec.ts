import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { Experiment, Image, Repo, Run } from '#sdk';
import { type Program, type RunningMillrace, startMillrace, startProgram } from '#testing';

import { Script } from './script.js';

let millrace: RunningMillrace;
let api: Program;
let home: string;

beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', workers: 1 });
  api = millrace.api;
});
afterAll(async () => {
  await api.stop();
  await millrace.stop();
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'millrace-sdk-e2e-'));
  process.env['ML_DASH_HOME'] = home;
});
afterEach(async () => {
  delete process.env['ML_DASH_HOME'];
  await rm(home, { recursive: true, force: true });
});

/** Short pauses, so that much happens in little time. */
const quick = (): Record<string, string> => ({
  ML_DASH_HOME: home,
  ML_DASH_FLUSH_INTERVAL: '0.05',
  ML_DASH_RETRY_BASE_DELAY: '0.05',
  ML_DASH_RETRY_MAX_DELAY: '0.5',
  // A busy machine takes its time to start a server again.
  ML_DASH_FLUSH_TIMEOUT: '100',
});

/** The same API again, on the same port and database. */
async function restart(): Promise<void> {
  const { url, databaseUrl, home: folder } = millrace;
  const settings = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: '',
    MILLRACE_HOME: folder,
    MILLRACE_HOST: '127.0.0.1',
    MILLRACE_PORT: new URL(url).port,
  };
  api = startProgram('api', join(folder, 'api-again.log'), settings);
  for (;;) {
    const status = await fetch(`${url}/health/ready`).then(({ status: code }) => code, () => 0); // prettier-ignore
    if (status === 200) return;
    if (api.exitCode() !== undefined) throw new Error(`the API ended: ${api.logFile}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${millrace.url}${path}`);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
}
interface Rows {
  readonly data: readonly {
    readonly index: number | string;
    readonly data: { readonly step: number; readonly who?: number };
  }[];
}
const rowsOf = async (id: string, metric: string): Promise<Rows['data']> =>
  (await get<Rows>(`/api/experiments/${id}/metrics/${encodeURIComponent(metric)}/data?limit=10000`)).data;
const stepsOf = async (id: string, metric: string): Promise<number[]> =>
  (await rowsOf(id, metric)).map(({ data }) => data.step);
async function statusOf(id: string): Promise<string> {
  const answer = await fetch(`${millrace.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'query Q($id: ID!) { experimentById(id: $id) { status } }', variables: { id } }),
  });
  return ((await answer.json()) as { data: { experimentById: { status: string } } }).data.experimentById.status;
}
const upTo = (count: number): number[] => Array.from({ length: count }, (_none, step) => step);
const waiting = async (): Promise<string[]> =>
  (await readdir(join(home, 'spool'), { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.jsonl'));

describe('a training script', () => {
  it('has every row of four series once, though its server is killed twice', async () => {
    const rows = 500;
    const script = new Script('steady', { url: millrace.url, prefix: 'ann/kill/run', rows, pauseMs: 8 }, quick());
    const id = await script.said(/^id (\d+)$/m);
    for (const [kill, back] of [
      [100, 170],
      [250, 320],
    ]) {
      await script.said(new RegExp(`^step ${kill}$`, 'm'));
      await api.kill();
      await script.said(new RegExp(`^step ${back}$`, 'm'));
      await restart();
    }
    expect(await script.ended, script.told).toBe(0);
    expect(await waiting(), script.told).toEqual([]);
    for (const metric of ['train', 'val', 'deep/name', 'None'])
      expect(await stepsOf(id, metric), metric).toEqual(upTo(rows));
    expect(await statusOf(id)).toBe('COMPLETED');
    expect(script.told).toContain('takes nothing now');
  });

  it('that is asked to end sends what it logged first', async () => {
    const script = new Script(
      'endless',
      { url: millrace.url, prefix: 'ann/term/run', rows: 300 },
      { ML_DASH_HOME: home },
    );
    const id = await script.said(/^id (\d+)$/m);
    await script.said(/^logged$/m);
    script.signal('SIGTERM');
    expect(await script.ended).toBe('SIGTERM');
    expect(await stepsOf(id, 'train')).toEqual(upTo(300));
    expect(await statusOf(id)).toBe('CANCELLED');
    expect(
      (await get<{ logs: { message: string }[] }>(`/api/experiments/${id}/logs`)).logs.map(({ message }) => message),
    ).toEqual(['the last line']);
  });

  it('that just ends while the server is away leaves everything on disk, and another sends it', async () => {
    const script = new Script('abrupt', { url: millrace.url, prefix: 'ann/exit/run', rows: 50 }, quick());
    const id = await script.said(/^id (\d+)$/m);
    await api.kill();
    script.tell('go');
    expect(await script.ended).toBe(0);
    expect(await waiting()).toHaveLength(1);
    await restart();
    const sender = new Script('waiting', {}, quick());
    expect(JSON.parse(await sender.said(/^\{.*\}$/m))).toEqual({ sent: 50, waiting: 0 });
    expect(await stepsOf(id, 'train')).toEqual(upTo(50));
    expect(await waiting()).toEqual([]);
  });

  it('that is killed while the server is away leaves what it logged, and the next run of any name sends it', async () => {
    const script = new Script(
      'steady',
      { url: millrace.url, prefix: 'ann/killed/run', rows: 500, pauseMs: 8 },
      quick(),
    );
    const id = await script.said(/^id (\d+)$/m);
    await script.said(/^step 50$/m);
    await api.kill();
    await script.said(/^step 200$/m);
    script.signal('SIGKILL');
    expect(await script.ended).toBe('SIGKILL');
    await restart();
    const next = new Experiment('ann/other/run', { dashUrl: millrace.url, dashRoot: null, echo: false });
    await next.run.start();
    await expect.poll(waiting, { timeout: 30_000 }).toEqual([]);
    await next.run.complete();
    for (const metric of ['train', 'val', 'deep/name', 'None']) {
      const steps = await stepsOf(id, metric);
      // The last moments of a killed process were in no request yet.
      expect(steps.length, metric).toBeGreaterThan(150);
      expect(steps, metric).toEqual(upTo(steps.length));
    }
  });

  it('and another of the same name write to one experiment', async () => {
    const scripts = [1, 2].map(
      (who) => new Script('steady', { url: millrace.url, prefix: 'ann/two/run', rows: 60, who }, quick()),
    );
    const ids = await Promise.all(scripts.map((script) => script.said(/^id (\d+)$/m)));
    expect(new Set(ids).size).toBe(1);
    expect(await Promise.all(scripts.map(({ ended }) => ended))).toEqual([0, 0]);
    const rows = await rowsOf(ids[0]!, 'train');
    expect(rows.map(({ index }) => Number(index))).toEqual(upTo(120));
    for (const who of [1, 2])
      expect(rows.filter(({ data }) => data.who === who).map(({ data }) => data.step)).toEqual(upTo(60));
  });
});

describe('an experiment at a server', () => {
  it('reads back what it wrote', async () => {
    const exp = new Experiment('ann/whole/deep/run', {
      dashUrl: millrace.url,
      dashRoot: null,
      echo: false,
      tags: ['t'],
    });
    await exp.run(async () => {
      exp.params.set({ lr: 0.1, model: { layers: [1, 2] } });
      exp.metrics('train').log({ loss: Number.NaN, note: 'x' }).log({ loss: 0.5 });
      exp.metrics.log({ epoch: 1, val: { loss: 2 } });
      exp.tracks('robot/arm').append({ q: [1, 2], _ts: 5 });
      exp.logs.warn('hot', { gpu: 1 });
      expect(await exp.params.get({ flatten: false })).toEqual({ lr: 0.1, model: { layers: [1, 2] } });
      const page = await exp.metrics('train').read();
      expect(page.data.map(({ index }) => index)).toEqual([0, 1]);
      expect(page.data[1]!.data).toMatchObject({ loss: 0.5 });
      expect(await exp.metrics('train').stats()).toMatchObject({ count: 2, totalDataPoints: '2' });
      expect(new Set((await exp.metrics.list()).map(({ name }) => name))).toEqual(new Set(['train', 'val', null]));
      expect(await exp.tracks('robot/arm').read()).toMatchObject([{ timestamp: 5, q: [1, 2] }]);
      await exp
        .files('models/best', { tags: ['best'], bindrs: ['v1'], metadata: { epoch: 1 } })
        .saveText('weights', 'w.txt');
      const [file] = await exp.files.bindr('v1').list();
      expect(file).toMatchObject({
        path: '/models/best',
        filename: 'w.txt',
        tags: ['best'],
        metadata: { epoch: 1 },
        sizeBytes: 7,
      });
      expect(await exp.files('models/best/w.txt').readText()).toBe('weights');
      await exp.files({ fileId: file!.id, description: 'new' }).update();
      expect((await exp.files.list())[0]).toMatchObject({ description: 'new', bindrs: ['v1'] });
      await exp.files('models/best/w.txt').delete();
      expect(await exp.files.list()).toEqual([]);
    });
    expect(await statusOf(exp.id!)).toBe('COMPLETED');
  });
});

describe("a run in Aim's words", () => {
  it('has every point of four series once, though its server is killed', async () => {
    const rows = 300;
    const script = new Script('run', { url: millrace.url, rows, pauseMs: 8 }, quick());
    const hash = await script.said(/^id (\w+)$/m);
    await script.said(/^step 100$/m);
    await api.kill();
    await script.said(/^step 160$/m);
    await restart();
    expect(await script.ended, script.told).toBe(0);
    const traces = ['a', 'b', 'c', 'd'].map((subset) => ({ name: 'loss', context: { subset } }));
    const answer = await fetch(`${millrace.url}/api/v1/rest/runs/${hash}/metric/get-batch/?record_density=1000`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(traces),
    });
    const found = (await answer.json()) as { iters: number[]; values: number[] }[];
    expect(found).toHaveLength(4);
    for (const { iters, values } of found) {
      expect(iters).toEqual(upTo(rows));
      expect(values).toEqual(upTo(rows).map((step) => step / 2));
    }
  });

  it('is written, read and deleted', async () => {
    const run = new Run({ repo: millrace.url, experiment: 'digits', captureTerminalLogs: false });
    run.name = 'first';
    run.set('hparams', { lr: 0.1 });
    run.addTag('best');
    run.track(0.5, 'loss', { context: { subset: 'train' } });
    run.track(new Image({ data: new Uint8Array(12), width: 2, height: 2, channels: 3 }), 'picture');
    run.logArtifact(join(import.meta.dirname, 'train.mjs'), 'code/train.mjs');
    await run.close();
    const repo = new Repo(millrace.url);
    const read = (await repo.getRun(run.hash))!;
    const info = await read.info();
    expect(info.props).toMatchObject({ name: 'first', active: false, experiment: { name: 'digits' } });
    expect(await read.tags()).toEqual(['best']);
    expect(await read.get('hparams.lr')).toBe(0.1);
    expect(await read.getMetric('loss', { subset: 'train' })).toBeDefined();
    expect(info.traces['images']).toMatchObject([{ name: 'picture' }]);
    expect(info.artifacts.map(({ path }) => path)).toEqual(['code/train.mjs']);
    expect(await repo.deleteRun(run.hash)).toBe(true);
    expect(await repo.runExists(run.hash)).toBe(false);
  });
});
