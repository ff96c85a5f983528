import { expect, it } from 'vitest';

import { OPERATOR } from '#contract';

import type { Call } from './call.js';
import { JoinedReads } from './joined-reads.js';

/** A reader that can leave. */
function reader(): Call & { leave: () => void } {
  const controller = new AbortController();
  const leave = (): void => controller.abort();
  return {
    caller: OPERATOR,
    requestId: 'r',
    origin: 'http://localhost',
    bearer: undefined,
    locale: 'en',
    signal: controller.signal,
    lastEventId: undefined,
    timezoneOffset: 0,
    setCookie: () => undefined,
    leave,
  };
}

/** Reads that end when told, each with the number of its start. */
function controlled(): { run: (call: Call) => Promise<string>; ends: (() => void)[]; calls: Call[] } {
  const ends: (() => void)[] = [];
  const calls: Call[] = [];
  const run = (call: Call): Promise<string> =>
    new Promise((resolve) => {
      calls.push(call);
      ends.push(() => resolve(`read ${ends.length}`));
    });
  return { run, ends, calls };
}

it('nobody gets an answer begun before they asked; those who wait share one', async () => {
  const reads = new JoinedReads();
  const { run, ends } = controlled();
  const ask = (): Promise<string> => reads.read('k', reader(), run);
  const first = ask();
  const waiting = [ask(), ask(), ask()];
  expect(ends).toHaveLength(1);
  ends[0]!();
  expect(await first).toBe('read 1');
  await Promise.resolve();
  const late = ask();
  await Promise.resolve();
  expect(ends).toHaveLength(2);
  ends[1]!();
  expect(await Promise.all(waiting)).toEqual(['read 2', 'read 2', 'read 2']);
  await new Promise(setImmediate);
  ends[2]!();
  expect(await late).toBe('read 3');
  await new Promise(setImmediate);
  void ask();
  expect(ends).toHaveLength(4);
});

it('different keys do not wait for each other', () => {
  const reads = new JoinedReads();
  const { run, ends } = controlled();
  void reads.read('a', reader(), run);
  void reads.read('b', reader(), run);
  expect(ends).toHaveLength(2);
});

it('a failure is everybody’s who shared it, and nobody’s after', async () => {
  const reads = new JoinedReads();
  const failing = (): Promise<string> => Promise.reject(new Error('down'));
  const both = [reads.read('k', reader(), failing), reads.read('k', reader(), failing)];
  for (const { status } of await Promise.allSettled(both)) expect(status).toBe('rejected');
  expect(await reads.read('k', reader(), () => Promise.resolve('up'))).toBe('up');
});

it('goes on until the last one has left', async () => {
  const reads = new JoinedReads();
  const { run, ends, calls } = controlled();
  void reads.read('k', reader(), run);
  const [one, other] = [reader(), reader()];
  void reads.read('k', one, run);
  void reads.read('k', other, run);
  ends[0]!();
  await new Promise(setImmediate);
  const { signal } = calls[1]!;
  one.leave();
  expect(signal.aborted).toBe(false);
  other.leave();
  expect(signal.aborted).toBe(true);
});
