import { expect, test } from 'vitest';

import { OPERATOR } from '#contract';

import { matyanProject } from '../matyan-project.js';
import { portsHouse } from '../../ports.fixture.js';
import { ingestMessages } from './ingest-messages.js';

const house = portsHouse();
const when = '2026-01-01T00:00:00Z';
const { signal } = new AbortController();
const record = (message: string): object => ({ type: 'log_record', message, level: 20, timestamp: 1 });
const point = (value: number): object => ({ type: 'log_metric', name: 'loss', value, step: null, epoch: null, context: null, dtype: null, client_datetime: when }); // prettier-ignore
const keyed = (messages: readonly object[]): object[] =>
  messages.map((message, at) => ({ ...message, idempotency_key: `k${at}` }));

async function take(hash: string, messages: readonly object[]): Promise<string | null> {
  const writer = { caller: OPERATOR, hash };
  return (await ingestMessages(house.ports, writer, messages, signal)).error;
}

async function stored(hash: string) {
  const { tracked } = house.ports;
  const run = (await tracked.runs.find(await matyanProject(house.ports, OPERATOR), hash))!;
  const series = await tracked.series.list([run.id]);
  const loss = series.find(({ name }) => name === 'loss');
  const { lines } = await tracked.logs.read(run.id, { stream: 1, limit: 100 });
  return {
    run,
    lines: lines.map(({ message }) => message),
    values: loss ? (await tracked.series.read(loss.id)).values : [],
    texts: series.find(({ name }) => name === 'said')?.n ?? 0,
  };
}

const frame = keyed([
  { type: 'create_run', client_datetime: when },
  { type: 'set_run_property', name: 'by its client' },
  record('a'),
  point(1),
  point(2),
  record('b'),
  { type: 'log_custom_object', name: 'said', dtype: 'text', value: { type: 'text', data: 't' } },
  { type: 'add_tag', tag_name: 'early' },
  { type: 'remove_tag', tag_name: 'late' },
  { type: 'log_hparams', value: { lr: 1 } },
  { type: 'finish_run' },
]);

test('a frame whose reply was lost takes effect once', async () => {
  expect(await take('once', frame)).toBeNull();
  const before = await stored('once');
  const { tracked } = house.ports;
  // What others did in between is not undone.
  await tracked.runs.change(before.run.id, { name: 'by a person' });
  await tracked.tags.add(before.run.id, 'late');
  await tracked.tags.take(before.run.id, 'early');
  await tracked.params.replace(before.run.id, ['lr'], 2);
  expect(await take('once', frame)).toBeNull();
  const after = await stored('once');
  expect(after).toMatchObject({ lines: ['a', 'b'], values: [1, 2], texts: 1 });
  expect(after.run).toMatchObject({ name: 'by a person', status: 'completed', tags: ['late'] });
  expect(after.run).toMatchObject({ startedAt: before.run.startedAt, endedAt: before.run.endedAt });
  expect(await tracked.params.leaves(after.run.id)).toEqual({ lr: 2 });
});

test('the same frame many times at once takes effect once', async () => {
  const replies = await Promise.all(Array.from({ length: 6 }, () => take('at once', frame)));
  expect(replies).toEqual(new Array(6).fill(null));
  const { lines, values, texts } = await stored('at once');
  expect([lines.sort(), values.sort(), texts]).toEqual([['a', 'b'], [1, 2], 1]);
});

test('a message that stands in a frame twice counts once, and one without a key each time', async () => {
  const [first, second] = keyed([point(1), record('a')]);
  expect(await take('twice', [first!, first!, point(5), second!, second!, record('b'), record('b')])).toBeNull();
  expect(await stored('twice')).toMatchObject({ lines: ['a', 'b', 'b'], values: [1, 5] });
});

test('after a bad message those before it, sent again alone, are not stored again', async () => {
  const messages = keyed([record('a'), point(1), { type: 'add_tag' }, record('c')]);
  expect(await take('halves', messages)).toContain('2');
  for (const message of messages) await take('halves', [message]);
  expect(await stored('halves')).toMatchObject({ lines: ['a', 'c'], values: [1] });
});
