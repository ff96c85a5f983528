import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Experiment, type ExperimentOptions } from '../experiment/experiment.js';
import { parsePrefix, runValues } from '../experiment/prefix.js';
import { sendWaiting } from './send-waiting.js';
import { FakeServer } from './server.fixture.js';
import { SpoolFile, spoolFolder } from './spool.js';

let server: FakeServer;
let home: string;
let told: string[];
beforeEach(async () => {
  server = new FakeServer();
  await server.start();
  home = await mkdtemp(join(tmpdir(), 'millrace-sdk-remote-'));
  vi.stubEnv('ML_DASH_HOME', home);
  vi.stubEnv('ML_DASH_RETRY_BASE_DELAY', '0.01');
  vi.stubEnv('ML_DASH_RETRY_MAX_DELAY', '0.05');
  told = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

const experiment = (options: ExperimentOptions = {}): Experiment =>
  new Experiment('ann/digits/cnn/first', { dashUrl: server.url, dashRoot: null, echo: false, ...options });
const losses = (metric = 'train'): unknown[] => server.rows(metric).map(({ loss }) => loss);
const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index);
/** Files that wait, of all runs. */
const waiting = (): string[] =>
  existsSync(join(home, 'spool'))
    ? readdirSync(join(home, 'spool'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'))
    : [];
const log = (exp: Experiment, from: number, to: number): void => {
  for (let loss = from; loss < to; loss += 1) exp.metrics('train').log({ loss });
};

/** What a process leaves that ended without reaching its server; a line was being written when it was killed. */
function leaveBehind(): void {
  const prefix = parsePrefix('ann/digits/cnn/first', runValues({ user: 'ann' }));
  const folder = spoolFolder(home, server.url, prefix.text);
  const file = SpoolFile.create(folder, { url: server.url, opening: { prefix } });
  const path = '/experiments/{run}/metrics/train/append-batch';
  const rows = [0, 1].map((loss) => JSON.stringify({ dataPoints: [{ loss, _ts: loss }] }));
  const sent = file.keep({
    lane: 'params',
    items: 1,
    method: 'POST',
    path: '/experiments/{run}/parameters',
    body: '{}',
  });
  file.keep({ lane: 'status', items: 1, method: 'PATCH', path: '/nodes/{node}', body: '{"status":"FAILED"}' });
  for (const body of rows) file.keep({ lane: 'metric train', items: 1, method: 'POST', path, body });
  file.sent(sent);
  const [name] = readdirSync(folder);
  writeFileSync(
    join(folder, name!.replace(`.${process.pid}.`, '.999999999.')),
    `${readFileSync(join(folder, name!), 'utf8')}{"lane":"metr`,
  );
  rmSync(join(folder, name!));
}

describe('a run at a server', () => {
  it('is opened as the Python client does it, and everything arrives', async () => {
    const exp = experiment({ readme: 'why', tags: ['a'], bindrs: ['b'], metadata: { gpu: 1 }, token: 'secret' });
    expect(exp.mode).toBe('remote');
    await exp.run(async () => {
      expect([exp.id, exp.data]).toEqual(['e1', expect.objectContaining({ node: { id: 'n1' } }) as object]);
      exp.params.set({ lr: 0.1, model: { name: 'x' } }).set({ lr: 0.2 });
      exp.log('ready', { level: 'warn', gpu: 1 });
      log(exp, 0, 3);
      exp.metrics('a/b').log({ loss: Number.NaN });
      exp.metrics.log({ epoch: 1 });
      exp.tracks('t').append({ x: 1, _ts: 2 });
      expect(await exp.flush()).toEqual({ waiting: 0 });
      expect(losses()).toEqual([0, 1, 2]);
      expect(await exp.params.get()).toEqual({ lr: 0.2, 'model.name': 'x' });
      expect((await exp.metrics('train').read({ startIndex: 1 })).data.map(({ index, data }) => [index, data['loss']])).toEqual([[1, 1], [2, 2]]); // prettier-ignore
      expect(await exp.metrics('train').stats()).toMatchObject({
        count: 3,
        firstValue: 0,
        lastValue: 2,
        totalDataPoints: '3',
      });
      expect(await exp.metrics('none').read()).toMatchObject({ data: [], total: 0 });
      await expect(exp.metrics('none').stats()).rejects.toThrow('There is no metric');
      expect(new Set((await exp.metrics.list()).map(({ name }) => name))).toEqual(new Set(['train', 'a/b', null]));
      expect(await exp.tracks('t').read()).toEqual([{ x: 1, timestamp: 2 }]);
      expect(server.status).toBe('');
    });
    expect(server.nodes).toEqual([
      { type: 'PROJECT', name: 'digits', slug: 'digits' },
      { type: 'FOLDER', projectId: 'p1', parentId: 'ROOT', name: 'cnn' },
      {
        type: 'EXPERIMENT',
        name: 'first',
        parentId: 'f1',
        projectId: 'p1',
        description: 'why',
        tags: ['a'],
        bindrs: ['b'],
        metadata: { gpu: 1 },
      },
    ]);
    expect(server.rows('a/b')[0]!['loss']).toBeNaN();
    expect(server.rows('None')).toMatchObject([{ epoch: 1 }]);
    expect(server.logs).toMatchObject([{ level: 'warn', message: 'ready', metadata: { gpu: 1 } }]);
    expect(server.status).toBe('COMPLETED');
    expect(server.taken.at(-1)).toBe('PATCH /api/nodes/n1');
    expect(new Set(server.tokens)).toEqual(new Set(['Bearer secret']));
    expect(waiting()).toEqual([]);
  });

  it('batches: one request for what is logged together, more for much', async () => {
    vi.stubEnv('ML_DASH_METRIC_BATCH_SIZE', '10');
    await experiment().run((exp) => log(exp, 0, 25));
    expect(losses()).toEqual(upTo(25));
    expect(server.taken.filter((one) => one.includes('append-batch'))).toHaveLength(3);
  });

  it('leaves by itself after a while', async () => {
    vi.stubEnv('ML_DASH_FLUSH_INTERVAL', '0.02');
    await experiment().run(async (exp) => {
      log(exp, 0, 1);
      await vi.waitFor(() => expect(losses()).toEqual([0]), { timeout: 10_000 });
    });
  });

  it('is said to have failed when its work throws', async () => {
    await expect(experiment().run(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(server.status).toBe('FAILED');
  });

  it('keeps files as they are and sends them beside', async () => {
    const exp = experiment();
    const source = join(home, 'w.txt');
    writeFileSync(source, 'one');
    await exp.run(async () => {
      const saved = await exp
        .files('models/best', { tags: ['t', 'u'], bindrs: ['v1'], metadata: { epoch: 1 } })
        .save(source);
      expect(saved).toMatchObject({ id: 'pending', status: 'queued', sizeBytes: 3 });
      writeFileSync(source, 'two');
      const [file] = await exp.files.list();
      expect(file).toMatchObject({
        path: '/models/best',
        filename: 'w.txt',
        tags: ['t', 'u'],
        bindrs: ['v1'],
        metadata: { epoch: 1 },
        checksum: saved.checksum,
        sizeBytes: 3,
      });
      expect(await exp.files('models/best/w.txt').readText()).toBe('one');
      await exp.files('models/best').save(source);
      expect(await exp.files('models/best/w.txt').readText()).toBe('two');
      expect(await exp.files('models/best/w.txt', { description: 'new' }).update()).toMatchObject({
        description: 'new',
      });
      server.files[0]!.bytes = 'altered';
      await expect(exp.files('models/best/w.txt').download(join(home, 'copy'))).rejects.toThrow('SHA-256');
      expect(await exp.files('models/best/w.txt').delete()).toMatchObject({ deletedAt: 'now' });
      expect(await exp.files.list()).toEqual([]);
    });
    expect(
      readdirSync(join(home, 'spool'), { recursive: true, encoding: 'utf8' }).filter((name) => /files\/.+/.test(name)),
    ).toEqual([]);
  });
});

describe('a server that goes away', () => {
  it.each(['away', 'busy', 'forgetful'] as const)('(%s) and comes back has every row once', async (mood) => {
    vi.stubEnv('ML_DASH_METRIC_BATCH_SIZE', '10');
    await experiment().run(async (exp) => {
      log(exp, 0, 15);
      await exp.flush();
      server.mood = mood;
      log(exp, 15, 47);
      exp.log('meanwhile');
      await exp.flush({ timeoutMs: 100 });
      server.mood = 'up';
      log(exp, 47, 60);
      exp.log('again');
    });
    expect(losses()).toEqual(upTo(60));
    expect(server.logs.map(({ message }) => message)).toEqual(['meanwhile', 'again']);
    expect(server.status).toBe('COMPLETED');
    expect(waiting()).toEqual([]);
    expect(told.join('')).toContain('what is logged waits and is sent later');
  });

  it('may be away at the start', async () => {
    await server.stop();
    const exp = experiment();
    await exp.run.start();
    log(exp, 0, 5);
    expect(exp.id).toBeUndefined();
    await server.start();
    await exp.run.complete();
    expect(losses()).toEqual(upTo(5));
    expect(exp.id).toBe('e1');
  });

  it('puts on disk what is too much for memory, in order', async () => {
    vi.stubEnv('ML_DASH_METRIC_BATCH_SIZE', '5');
    vi.stubEnv('ML_DASH_MAX_QUEUE_SIZE', '20');
    await experiment().run(async (exp) => {
      server.mood = 'away';
      log(exp, 0, 100);
      expect(waiting()).toHaveLength(1);
      server.mood = 'up';
      await exp.flush();
    });
    expect(losses()).toEqual(upTo(100));
    expect(waiting()).toEqual([]);
  });

  it('until the process ended: the next run of the name delivers first, without the old ending', async () => {
    leaveBehind();
    await experiment().run((exp) => log(exp, 2, 3));
    expect(losses()).toEqual([0, 1, 2]);
    expect(server.taken.filter((one) => one.startsWith('PATCH'))).toHaveLength(1);
    expect(server.status).toBe('COMPLETED');
    expect(waiting()).toEqual([]);
  });

  it('until the process ended: sendWaiting delivers it, with its ending', async () => {
    leaveBehind();
    server.mood = 'away';
    expect(await sendWaiting({ timeoutMs: 50 })).toEqual({ sent: 0, waiting: 3 });
    server.mood = 'up';
    expect(await sendWaiting()).toEqual({ sent: 3, waiting: 0 });
    expect(losses()).toEqual([0, 1]);
    expect(server.status).toBe('FAILED');
    expect(waiting()).toEqual([]);
  });

  it('refuses for good: what it refused is kept for a person, the rest goes on', async () => {
    await experiment().run(async (exp) => {
      server.mood = 'refusing';
      log(exp, 0, 2);
      exp.log('still here');
      await exp.flush();
      server.mood = 'up';
      log(exp, 2, 3);
    });
    expect(losses()).toEqual([2]);
    expect(server.logs).toHaveLength(1);
    expect(told.join('')).toContain('refused 2 items');
    const [kept] = waiting();
    const line = JSON.parse(readFileSync(join(home, 'spool', kept!), 'utf8')) as {
      status: number;
      detail: string;
      parcel: { body: string };
    };
    expect(line).toMatchObject({ status: 422, detail: 'bad row' });
    expect(JSON.parse(line.parcel.body)).toMatchObject({ dataPoints: [{ loss: 0 }, { loss: 1 }] });
  });
});

describe('tokens', () => {
  it('that are missing are an error at the start which says what to do', async () => {
    server.mood = 'closed';
    await expect(experiment().run.start()).rejects.toThrow(/lets nobody in without its token.*login/);
  });

  it('that expire in mid-run lose nothing: the renewed one is found', async () => {
    await experiment().run(async (exp) => {
      server.mood = 'closed';
      log(exp, 0, 3);
      expect(await exp.flush({ timeoutMs: 50 })).toEqual({ waiting: 3 });
      writeFileSync(join(home, 'tokens.json'), JSON.stringify({ 'ml-dash-token': 'renewed' }));
    });
    expect(losses()).toEqual(upTo(3));
    expect(server.tokens.at(-1)).toBe('Bearer renewed');
  });
});

describe('a folder and a server', () => {
  it('have the same', async () => {
    const root = join(home, 'dash');
    const exp = experiment({ dashRoot: root });
    expect(exp.mode).toBe('hybrid');
    await exp.run(async () => {
      log(exp, 0, 3);
      exp.params.set({ a: 1 });
      const saved = await exp.files('m').saveText('x', 'x.txt');
      expect(saved.id).toMatch(/^\d{19}$/);
      server.mood = 'away';
      expect((await exp.metrics('train').read()).total).toBe(3);
      server.mood = 'up';
      await exp.files({ fileId: saved.id, description: 'd' }).update();
      expect(server.files[0]!.form['description']).toBe('d');
      await exp.files({ fileId: saved.id }).delete();
    });
    expect(server.files).toEqual([]);
    expect(losses()).toEqual(upTo(3));
    expect(
      readFileSync(join(root, 'ann/digits/cnn/first/metrics/train/data.jsonl'), 'utf8').trimEnd().split('\n'),
    ).toHaveLength(3);
  });
});

it('an address that is none is refused at once', () => {
  expect(() => experiment({ dashUrl: 'localhost:8000' })).toThrow(RangeError);
  vi.stubEnv('ML_DASH_FLUSH_INTERVAL', 'soon');
  expect(() => experiment()).toThrow('ML_DASH_FLUSH_INTERVAL');
});
