import type { DataSource } from 'typeorm';
import { expect, test, vi } from 'vitest';

import type { FeedJob } from './feed-rows.js';
import type { FeedChange, JobFeed } from './job-feed.js';
import { silent } from './jobs.fixture.js';
import { LeaseKeeper } from './lease-keeper.js';

test('a cancellation that is heard between the claim and the hold stops the job at once; one of another job does not', async () => {
  let hear: (change: FeedChange) => void = () => undefined;
  const feed = { subscribe: (listener: typeof hear) => ((hear = listener), (): void => undefined) };
  const db = { query: () => Promise.resolve([]) } as unknown as DataSource;
  const leases = new LeaseKeeper(db, 'worker', feed as unknown as JobFeed, silent);
  const cancelledBy = (id: string): boolean => {
    const cancelled = vi.fn();
    leases.hold(id, { attempt: 1, lost: () => undefined, cancelled })();
    return cancelled.mock.calls.length > 0;
  };
  const jobs = [
    { id: 'mine', cancel_requested: true },
    { id: 'other', cancel_requested: false },
  ] as FeedJob[];
  hear({ jobs, dismissed: [], cursor: '1' });
  expect(cancelledBy('mine')).toBe(true);
  expect(cancelledBy('other')).toBe(false);
  await leases.beat();
  expect(cancelledBy('mine')).toBe(false);
  leases.close();
});
