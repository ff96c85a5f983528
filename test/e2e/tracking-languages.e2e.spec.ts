import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { Experiment, Repo, Run } from '#sdk';
import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { penguins } from './real-data.js';
import { newRun, session } from './training.js';

/** A run however it was made: what each language must say of it. */
interface Told {
  readonly id: number;
  /** As Aim-compatible clients call it. */
  readonly hash: string;
  readonly name: string;
  /** One of its series: its name, context, and last value. */
  readonly series: { readonly name: string; readonly context: object; readonly last: number; readonly count: number };
}

/** Of the recorded folder's runs the one that ended well and is in no archive. */
const IMPORTED = 'first';
let millrace: RunningMillrace;
let api: Caller;
let datasetId: number;
const runs: Record<string, Told> = {};
const sources = ['platform', 'ml-dash', 'matyan', 'import'] as const;

beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', workers: 1 });
  api = new Caller(millrace.url);
  const whole = penguins().split('\n').filter((line) => !line.includes(',,')); // prettier-ignore
  datasetId = (await api.dataset('penguins', whole.join('\n'))).id;

  const training = await train(20);
  expect(await api.end(training.job)).toMatchObject({ status: 'finished' });

  const exp = new Experiment('local/default/by-ml-dash', { dashUrl: millrace.url, dashRoot: null, echo: false });
  await exp.run(() => {
    exp.params.set({ lr: 0.1 });
    for (let step = 0; step < 4; step += 1) exp.metrics('train').log({ loss: 1 / (step + 1), step });
  });

  const run = new Run({ repo: millrace.url, captureTerminalLogs: false });
  run.name = 'by-matyan';
  run.set('hparams', { lr: 0.1 });
  for (let step = 0; step < 4; step += 1) run.track(step * 2, 'loss', { step, context: { subset: 'val' } });
  await run.close();

  const form = new FormData();
  form.set('project', 'local/default');
  form.set('file', new Blob([new Uint8Array(await readFile('test/compat/swanlab/recorded/swanlog.tar.gz'))]), 'swanlog.tar.gz'); // prettier-ignore
  const { id } = await api.ok<{ id: string }>('POST', '/tracked-import/', form);
  const imported = async (): Promise<void> =>
    expect((await api.ok<{ status: string }>('GET', `/tracked-import/${id}`)).status).toBe('finished');
  await vi.waitFor(imported, { timeout: 60_000, interval: 200 });

  const { runs: found } = await api.ok<{ runs: Listed[] }>('GET', '/tracked-run/?limit=100');
  for (const source of sources)
    runs[source] = await told(
      found.find((one) => one.source === source && (source !== 'import' || one.name === IMPORTED))!,
    );
});
afterAll(() => millrace.stop());

interface Listed {
  readonly id: number;
  readonly ext_id: string;
  readonly name: string;
  readonly source: string;
  readonly training_run_id: number | null;
}
interface Series {
  readonly kind: string;
  readonly name: string;
  readonly context: object;
  readonly last_value: number;
  readonly count: number;
}

async function told({ id, ext_id: hash, name }: Listed): Promise<Told> {
  const series = await api.ok<Series[]>('GET', `/tracked-run/${id}/series`);
  const one = series.find(({ kind }) => kind === 'number')!;
  return { id, hash, name, series: { name: one.name, context: one.context, last: one.last_value, count: one.count } };
}

/** Begins to train a model with so many iterations. */
async function train(iterations: number): Promise<{ run: number; job: string }> {
  const columns = {
    input_columns: ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)'],
    output_columns: ['Species'],
  };
  const plan = session(datasetId, `session ${Math.random()}`, columns);
  const { id } = await api.ok<{ id: number }>('POST', '/model-session/', plan);
  const made = newRun(id, 'HistGradientBoostingClassifier', { max_iter: iterations });
  const { id: run } = await api.ok<{ id: number }>('POST', '/run/', made);
  return { run, job: await api.submit('ModelJob', { run_id: run }) };
}

async function graphql<T>(query: string): Promise<T> {
  const answer = await fetch(`${millrace.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}
const mlDash = (path: string): Promise<Record<string, never>> =>
  fetch(`${millrace.url}/api${path}`).then((answer) => answer.json() as Promise<Record<string, never>>);

/** A series' context is part of its name in ML-Dash's words and SwanLab's. */
const withContext = ({ name, context }: Told['series']): string => {
  const parts = Object.entries(context).map(([key, value]) => `${key}=${String(value)}`);
  return parts.length === 0 ? name : `${name} {${parts.join(', ')}}`;
};

describe.each(sources)('a run of %s', (source) => {
  it("is an experiment in ML-Dash's words, with the values of its series", async () => {
    const { id, name, series } = runs[source]!;
    const { experimentsPaginated, experimentById } = await graphql<{
      experimentsPaginated: { experiments: { id: string; name: string }[] };
      experimentById: { name: string; status: string };
    }>(`{ experimentsPaginated(namespaceSlug: "local", projectSlug: "default", limit: 100, offset: 0) { experiments { id name } }
        experimentById(id: "${id}") { name status } }`);
    expect(experimentsPaginated.experiments).toContainEqual({ id: `${id}`, name });
    expect(experimentById).toEqual({ name, status: 'COMPLETED' });
    // Its own rows are told as they were logged, with all their fields.
    const [metric, field] = source === 'ml-dash' ? series.name.split('/') : [withContext(series), 'value'];
    const page = await mlDash(`/experiments/${id}/metrics/${encodeURIComponent(metric!)}/data?limit=10000`);
    const rows = page['data'] as unknown as { data: Record<string, number> }[];
    expect(rows).toHaveLength(series.count);
    expect(rows.at(-1)!.data[field!]).toBe(series.last);
  });

  it("is a run in Aim's words, found by a query, with the values of its series", async () => {
    const { hash, name, series } = runs[source]!;
    const repo = new Repo(millrace.url);
    expect(await repo.listAllRuns()).toContain(hash);
    const [found] = await repo.queryMetrics(`run.hash == "${hash}" and metric.name == "${series.name}"`);
    expect(found!.props).toMatchObject({ name, active: false });
    const trace = (found!.traces as { name: string; context: object; values: Float64Array }[]).find(
      ({ context }) => JSON.stringify(context) === JSON.stringify(series.context),
    )!;
    expect(trace.values.at(-1)).toBe(series.last);
    const read = (await repo.getRun(hash))!;
    expect((await read.getMetric(series.name, series.context))!.name).toBe(series.name);
  });

  it("is an experiment in SwanLab's words, with the values of its series", async () => {
    const { id, name, series } = runs[source]!;
    type Data = Record<string, never> & { experiments: { id: number; name: string; status: number }[] };
    const swan = async (path: string): Promise<Data> => (await api.ok<{ data: Data }>('GET', path)).data;
    const listed = (await swan('/project')).experiments.find((one) => one.id === id);
    expect(listed).toMatchObject({ name, status: 1 });
    const tag = await swan(`/experiment/${id}/tag/${encodeURIComponent(withContext(series))}`);
    expect(tag['sum']).toBe(series.count);
    expect((tag['list'] as unknown as { data: number }[]).at(-1)!.data).toBe(series.last);
    expect((await swan(`/experiment/${id}/summary`))['summaries']).toContainEqual({
      key: withContext(series),
      value: series.last,
    });
  });
});

describe("stop of SwanLab's page", () => {
  interface Swan {
    readonly code: number;
    readonly data: { readonly status: number; readonly finish_time: string | null };
  }
  const stop = (id: number): Promise<Swan> => api.ok<Swan>('GET', `/experiment/${id}/stop`);
  const statusOf = async (id: number): Promise<number> => (await api.ok<Swan>('GET', `/experiment/${id}/status`)).data.status; // prettier-ignore
  const trackedOf = async (run: number): Promise<{ id: number; hash: string }> => {
    const { runs: found } = await api.ok<{ runs: Listed[] }>('GET', '/tracked-run/?limit=100');
    const { id, ext_id: hash } = found.find((one) => one.training_run_id === run)!;
    return { id, hash };
  };

  it('really stops a training that runs: the job is cancelled, the worker is free, every language says so', async () => {
    const { run, job } = await train(1_000_000);
    const { id } = await trackedOf(run);
    await expect.poll(() => api.ok<{ status: number }>('GET', `/run/${run}`), { timeout: 30_000 }).toMatchObject({ status: 2 }); // prettier-ignore
    expect(await statusOf(id)).toBe(0);
    const { code, data } = await stop(id);
    expect([code, data.status]).toEqual([0, -1]);
    expect(data.finish_time).not.toBeNull();
    expect(await api.end(job)).toMatchObject({ status: 'cancelled' });
    expect(await api.ok('GET', `/run/${run}`)).toMatchObject({ status: 4 });
    expect(await statusOf(id)).toBe(-1);
    expect(await graphql(`{ experimentById(id: "${id}") { status } }`)).toEqual({ experimentById: { status: 'CANCELLED' } }); // prettier-ignore
    expect(await new Repo(millrace.url).listActiveRuns()).not.toContain((await trackedOf(run)).hash);
    // The slot is free: the one worker trains another to its end, and the stopped one stays as it was left.
    expect(await api.end((await train(5)).job)).toMatchObject({ status: 'finished' });
    expect([await statusOf(id), (await stop(id)).data.status]).toEqual([-1, -1]);
  });

  it('takes a training that waits out of the queue', async () => {
    const first = await train(1_000_000);
    await expect.poll(() => api.ok<{ status: number }>('GET', `/run/${first.run}`), { timeout: 30_000 }).toMatchObject({ status: 2 }); // prettier-ignore
    const second = await train(5);
    expect((await stop((await trackedOf(second.run)).id)).data.status).toBe(-1);
    expect((await stop((await trackedOf(first.run)).id)).data.status).toBe(-1);
    for (const { run, job } of [first, second]) {
      expect(await api.end(job)).toMatchObject({ status: 'cancelled' });
      expect(await api.ok('GET', `/run/${run}`)).toMatchObject({ status: 4 });
    }
  });

  it('leaves a training that has finished as it is', async () => {
    expect((await stop(runs['platform']!.id)).data.status).toBe(1);
  });
});
