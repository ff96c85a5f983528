import { expect, test } from 'vitest';

import { OPERATOR } from '#contract';
import type { TrackedRun, TrackedSource } from '#tracking';

import { ingestMessages } from '../matyan/ingest/ingest-messages.js';
import { portsHouse } from '../ports.fixture.js';
import { tidyTrackedRuns } from './tidy-tracked-runs.js';

const house = portsHouse();

const endless = new AbortController().signal;
const tidy = (): Promise<void> => tidyTrackedRuns(house.ports, endless);
async function newRun(hash: string, source: TrackedSource = 'matyan'): Promise<TrackedRun> {
  const { id: projectId } = await house.ports.tracked.projects.open('local', 'default');
  return (await house.ports.tracked.runs.open({ projectId, source, extId: hash, name: hash })).run;
}
const status = async ({ id }: TrackedRun): Promise<string> => (await house.ports.tracked.runs.get(id)).status;
const silence = (minutes: number): Promise<unknown> =>
  house.ports.db.query(`UPDATE tracked_run SET last_seen = now() - make_interval(mins => $1)`, [minutes]);
const say = (hash: string, ...messages: object[]) =>
  ingestMessages(house.ports, { caller: OPERATOR, hash }, messages, endless);

test('a run that fell silent is lost at the next round, and each message of its client brings it back', async () => {
  const run = await newRun('silent');
  await silence(29);
  await tidy();
  expect(await status(run)).toBe('running');
  for (const message of [
    {
      type: 'log_metric',
      name: 'a',
      value: 1,
      step: 0,
      epoch: null,
      context: null,
      dtype: null,
      client_datetime: '2026-01-31T10:00:00Z',
    },
    { type: 'log_hparams', value: { lr: 1 } },
    { type: 'set_run_property', name: 'named' },
    { type: 'add_tag', tag_name: 't' },
    { type: 'remove_tag', tag_name: 't' },
    { type: 'log_custom_object', name: 'o', value: { a: 1 }, step: 0 },
    { type: 'log_terminal_line', line: 'l', step: 0 },
    { type: 'log_record', message: 'm', level: 20, timestamp: 1 },
    { type: 'blob_ref', artifact_path: 'a.txt', s3_key: 'silent/a.txt' },
  ]) {
    await silence(31);
    await tidy();
    expect([message.type, await status(run)]).toEqual([message.type, 'lost']);
    expect(await say('silent', message)).toEqual({ status: 'ok', error: null });
    expect([message.type, await status(run)]).toEqual([message.type, 'running']);
  }
  await tidy();
  expect(await status(run)).toBe('running');
});

test('a label somebody gives the run of another client is no sign of life', async () => {
  const run = await newRun('foreign', 'ml-dash');
  await house.ports.tracked.runs.setStatus(run.id, 'lost');
  expect(await say('foreign', { type: 'add_tag', tag_name: 't' })).toEqual({ status: 'ok', error: null });
  expect(await status(run)).toBe('lost');
});
