import { expect, it } from 'vitest';

import { OPERATOR, type WireTrackedPoints, type WireTrackedRun, type WireTrackedSeries } from '#contract';
import { ingestMessages } from '#workflow';

import { apiHouse, told } from '../api.fixture.js';

const HOUR = 3_600_000;
const house = apiHouse();
const { signal } = new AbortController();
async function good<T>(method: string, url: string, body?: object): Promise<T> {
  const answer = await told<T>(house, method, url, body);
  expect([method, url, answer.status < 300 ? 'good' : answer.text]).toEqual([method, url, 'good']);
  return answer.body;
}
/** Between two looks at the server's clock, whatever the client's says. */
async function serverTime(): Promise<number> {
  const [row] = await house.ports.db.query<[{ ms: number }]>(
    'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
  );
  return row.ms;
}
const iso = (ms: number): string => new Date(ms).toISOString();

/** What a client of one language does, at a moment by its own clock. */
interface Client {
  /** Opens a run of the project every language looks at. */
  open(name: string, at: number): Promise<number>;
  /** Logs the next value of `loss`, and a line where the language has lines to write. */
  log(step: number, at: number): Promise<void>;
  finish(at: number): Promise<void>;
}

function native(): Client {
  let id = 0;
  const path = (): string => `/api/v1/tracked-run/${id}`;
  return {
    open: async (name) => ({ id } = await good<WireTrackedRun>('POST', '/api/v1/tracked-run/', { name })).id,
    log: async (step, at) =>
      good('POST', `${path()}/points`, { series: [{ name: 'loss', xs: [step], values: [step], times: [at] }] }),
    finish: () => good('PATCH', path(), { status: 'completed' }),
  };
}

function mlDash(): Client {
  let [id, node] = ['', ''];
  return {
    open: async (name) => {
      const json = { type: 'EXPERIMENT', name, projectSlug: 'default' };
      type Opened = { experiment: { id: string }; node: { id: string } };
      const opened = await good<Opened>('POST', '/api/namespaces/local/nodes', json);
      [id, node] = [opened.experiment.id, opened.node.id];
      return Number(id);
    },
    log: async (step, at) => {
      const row = { loss: step, _ts: at / 1000 };
      await good('POST', `/api/experiments/${id}/metrics/None/append-batch`, { dataPoints: [row] });
      const line = { timestamp: iso(at), level: 'info', message: `line ${step}` };
      await good('POST', `/api/experiments/${id}/logs`, { logs: [line] });
      await good('POST', `/api/experiments/${id}/tracks/arm/append`, { timestamp: at / 1000, data: { step } });
    },
    finish: () => good('PATCH', `/api/nodes/${node}`, { status: 'COMPLETED' }),
  };
}

function matyan(): Client {
  let hash = '';
  const say = async (...messages: object[]): Promise<void> => {
    const reply = await ingestMessages(house.ports, { caller: OPERATOR, hash }, messages, signal);
    expect(reply).toEqual({ status: 'ok', error: null });
  };
  return {
    open: async (name, at) => {
      hash = name.replaceAll(' ', '-');
      await say({ type: 'create_run', client_datetime: iso(at) });
      const project = await house.ports.tracked.projects.open('local', 'default');
      return (await house.ports.tracked.runs.find(project.id, hash))!.id;
    },
    log: (step, at) =>
      say(
        { type: 'log_metric', name: 'loss', value: step, step, epoch: null, context: null, dtype: null, client_datetime: iso(at) },
        { type: 'log_record', message: `line ${step}`, level: 20, timestamp: at / 1000 },
      ), // prettier-ignore
    finish: (at) => say({ type: 'finish_run', client_datetime: iso(at) }),
  };
}

interface Seen {
  readonly began: number;
  readonly ended: number | null;
}
/** What readers of each language see of a run's beginning and end, in seconds. */
async function seenByAll(id: number): Promise<Record<string, Seen>> {
  const run = await good<WireTrackedRun>('GET', `/api/v1/tracked-run/${id}`);
  const at = (text: string | null): number | null => (text === null ? null : Date.parse(text) / 1000);
  const query = `{ experimentById(id: "${id}") { startedAt endedAt } }`;
  type Asked = { data: { experimentById: { startedAt: string; endedAt: string | null } } };
  const dash = (await good<Asked>('POST', '/graphql', { query })).data.experimentById;
  type Info = { props: { creation_time: number; end_time: number | null } };
  const { props } = await good<Info>('GET', `/api/v1/rest/runs/${run.ext_id}/info/`);
  type Board = { data: { create_time: string; finish_time: string | null } };
  const swan = (await good<Board>('GET', `/api/v1/experiment/${id}`)).data;
  return {
    native: { began: at(run.started_at)!, ended: at(run.ended_at) },
    'ml-dash': { began: at(dash.startedAt)!, ended: at(dash.endedAt) },
    matyan: { began: props.creation_time, ended: props.end_time },
    swanlab: { began: at(swan.create_time)!, ended: at(swan.finish_time) },
  };
}

const clocks = [
  ['an hour behind', (ms: number) => ms - HOUR],
  ['an hour ahead', (ms: number) => ms + HOUR],
  ['put back an hour again and again', (ms: number, look: number) => ms + (look % 2 === 0 ? HOUR : 0)],
] as const;
const languages = [['native', native], ['ml-dash', mlDash], ['matyan', matyan]] as const; // prettier-ignore
const cases = languages.flatMap(([language, client]) =>
  clocks.map(([what, clock]) => [language, what, client, clock] as const),
);

it.each(cases)('%s: a client whose clock is %s loses nothing', async (language, what, newClient, clock) => {
  const client = newClient();
  const start = Date.now();
  let looks = 0;
  // Each look a millisecond later, so that no two moments are one.
  const now = (): number => clock(start + ++looks, looks);
  const { tracked, db } = house.ports;
  const before = await serverTime();
  const id = await client.open(`${language} ${what}`, now());
  const run = (): Promise<WireTrackedRun> => good('GET', `/api/v1/tracked-run/${id}`);
  const opened = await run();
  const minutes = { api: 30, 'ml-dash': 30, matyan: 30 };
  await tracked.projects.change(opened.project_id, { lostMinutes: minutes });
  await client.log(0, now());
  const heard = await run();
  const after = await serverTime();
  // To the millisecond, cut off.
  for (const moment of [opened.started_at, opened.created, heard.last_seen]) {
    expect(Date.parse(moment)).toBeGreaterThanOrEqual(Math.floor(before));
    expect(Date.parse(moment)).toBeLessThanOrEqual(after);
  }
  // Its times are no sign of silence, nor of life.
  expect(await tracked.upkeep.sweepLost()).toBe(0);
  await db.query(
    `UPDATE tracked_run SET started_at = started_at - interval '1 hour', client_started_at = client_started_at - interval '1 hour',
       last_seen = now() - interval '31 minutes' WHERE id = $1`,
    [id],
  );
  expect(await tracked.upkeep.sweepLost()).toBe(1);
  const lost = await run();
  expect(lost).toMatchObject({ status: 'lost', ended_at: lost.last_seen });
  for (let step = 1; step < 6; step++) await client.log(step, now());
  expect(await run()).toMatchObject({ status: 'running', ended_at: null });
  await client.finish(now());
  expect((await run()).status).toBe('completed');
  for (const [reader, { began, ended }] of Object.entries(await seenByAll(id)))
    expect([reader, ended !== null && ended >= began]).toEqual([reader, true]);
  const series = await good<WireTrackedSeries[]>('GET', `/api/v1/tracked-run/${id}/series`);
  const loss = series.find(({ name }) => name === 'loss')!;
  const points = await good<WireTrackedPoints>('GET', `/api/v1/tracked-run/${id}/series/${loss.id}/points?count=100`);
  expect([points.xs, points.values]).toEqual([[0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]]); // prettier-ignore
  if (language === 'native') return;
  const { lines } = await good<{ lines: { message: string }[] }>('GET', `/api/v1/tracked-run/${id}/log`);
  expect(lines.map(({ message }) => message)).toEqual([0, 1, 2, 3, 4, 5].map((step) => `line ${step}`));
  if (language !== 'ml-dash') return;
  const { tracks } = await good<{ tracks: { totalEntries: number }[] }>('GET', `/api/experiments/${id}/tracks`);
  expect(tracks).toMatchObject([{ totalEntries: 6 }]);
  const { metrics } = await good<{ metrics: object[] }>('GET', `/api/experiments/${id}/metrics`);
  expect(metrics).toMatchObject([{ totalDataPoints: '6' }]);
});

it('how long a matyan run took is its client’s word, resumed or not, where its clock can be trusted', async () => {
  const { tracked, db } = house.ports;
  const project = await tracked.projects.open('local', 'default');
  const hash = 'resumed';
  const say = (...messages: object[]) => ingestMessages(house.ports, { caller: OPERATOR, hash }, messages, signal);
  const at = (ms: number): string => iso(Date.now() - HOUR + ms);
  await say({ type: 'create_run', client_datetime: at(0) });
  await db.query(
    `UPDATE tracked_run SET started_at = started_at - interval '1 hour', client_started_at = client_started_at - interval '1 hour'
     WHERE ext_id = $1`,
    [hash],
  );
  const { startedAt } = (await tracked.runs.find(project.id, hash))!;
  const before = Date.now();
  await say({ type: 'create_run', client_datetime: at(0), force_resume: true });
  const resumed = (await tracked.runs.find(project.id, hash))!;
  expect(resumed).toMatchObject({ startedAt, status: 'running', endedAt: null });
  await say({ type: 'finish_run', client_datetime: at(90_000) });
  const { endedAt } = (await tracked.runs.find(project.id, hash))!;
  const lasted = endedAt!.getTime() - startedAt.getTime();
  expect(lasted).toBeGreaterThanOrEqual(HOUR + 90_000);
  // What passed between the client’s look at its clock and ours counts twice at the most.
  const after = Date.now();
  expect(lasted).toBeLessThanOrEqual(after - startedAt.getTime() + (after - before) + 90_000);
});
