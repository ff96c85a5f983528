import { expect, test } from 'vitest';

import { OPERATOR } from '#contract';

import { ingestMessages } from '../matyan/ingest/ingest-messages.js';
import type { RunWriter } from '../matyan/ingest/apply-message.js';
import { portsHouse } from '../ports.fixture.js';
import { stopSwanExperiment } from './stop-experiment.js';

const house = portsHouse();

test('the client of a matyan run that was stopped is told so until it begins anew', async () => {
  const writer: RunWriter = { caller: OPERATOR, hash: 'stopped' };
  const date = '2026-01-31T10:00:00Z';
  const say = (...messages: object[]) => ingestMessages(house.ports, writer, messages, new AbortController().signal);
  const point = (step: number): object => ({ type: 'log_metric', name: 'm', value: 1, step, epoch: null, context: null, dtype: null, client_datetime: date }); // prettier-ignore
  const ok = { status: 'ok', error: null };
  const refused = { status: 'error', error: expect.stringMatching(/^Run stopped was stopped/) as string };
  expect(await say({ type: 'create_run', client_datetime: date }, point(0))).toEqual(ok);
  const { id: projectId } = await house.ports.tracked.projects.open('local', 'default');
  const run = (await house.ports.tracked.runs.find(projectId, 'stopped'))!;
  const at = { caller: OPERATOR };
  expect(await stopSwanExperiment(house.ports, at, run.id)).toMatchObject({ data: { id: run.id, status: -1 } });
  // Numbers that pour in hear of it within a second.
  let step = 1;
  await expect.poll(async () => say(point(step++)), { timeout: 20_000 }).toEqual(refused);
  const { n: stored } = (await house.ports.tracked.series.list([run.id]))[0]!;
  for (const message of [
    point(-1),
    { type: 'log_hparams', value: { lr: 1 } },
    { type: 'log_terminal_line', line: 'l', step: 0 },
  ]) {
    expect(await say(message)).toEqual(refused);
  }
  expect((await house.ports.tracked.series.list([run.id])).map(({ n }) => n)).toEqual([stored]);
  expect(await say({ type: 'add_tag', tag_name: 'why' })).toEqual(ok);
  expect(await say({ type: 'finish_run', client_datetime: date })).toEqual(ok);
  expect((await house.ports.tracked.runs.get(run.id)).status).toBe('cancelled');
  expect(await say({ type: 'create_run', client_datetime: date, force_resume: true }, point(1000))).toEqual(ok);
  expect((await house.ports.tracked.runs.get(run.id)).status).toBe('running');
});
