import { expect, test } from 'vitest';

import type { QueueName } from '#contract';

import { EarlyStarts } from './early-starts.js';

const row = (id: string) => ({
  id,
  type: 'ModelJob' as const,
  state: 'not_started' as const,
  attempt: 0,
  cancel_requested: false,
});

/** A worker with one slot of the compute queue; a job ends when told. */
function worker(): { early: EarlyStarts; begun: string[]; end: (id: string) => void } {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const hasRoom = (queue: QueueName): boolean => queue === 'compute' && ends.size === 0;
  const begin = (queue: QueueName, { id }: { id: string }): Promise<void> => {
    begun.push(`${queue} ${id}`);
    return new Promise((resolve) => ends.set(id, resolve));
  };
  const end = (id: string): void => {
    ends.get(id)!();
    ends.delete(id);
  };
  return { early: new EarlyStarts({ hasRoom, begin }), begun, end };
}

test('a new row begins once, where there is room for its queue', () => {
  const { early, begun } = worker();
  early.hear([row('a'), row('b'), { ...row('c'), type: 'ExplorerJob' }]);
  early.hear([row('a'), row('b')]);
  expect(begun).toEqual(['compute a']);
});

test('what the queue brings later is the job that has begun; afterwards it is unknown', async () => {
  const { early, begun, end } = worker();
  early.hear([row('a')]);
  const ended = early.endOf('a');
  expect(early.endOf('b')).toBeUndefined();
  let settled = false;
  void ended!.then(() => (settled = true));
  await Promise.resolve();
  expect(settled).toBe(false);
  end('a');
  await ended;
  expect(early.endOf('a')).toBeUndefined();
  early.hear([row('b')]);
  expect(begun).toEqual(['compute a', 'compute b']);
});

test('what was begun before, has another state or is to be cancelled is left to the queue', () => {
  const { early, begun } = worker();
  early.hear([
    { ...row('a'), attempt: 1 },
    { ...row('b'), state: 'started' },
    { ...row('c'), state: 'finished' },
    { ...row('d'), cancel_requested: true },
  ]);
  expect(begun).toEqual([]);
});
