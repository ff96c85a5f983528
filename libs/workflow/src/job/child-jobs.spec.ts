import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { ports, runsHouse } from '../run/runs.fixture.js';
import { endChildren } from './child-jobs.js';

runsHouse();

const [parent, finishing, running, waiting] = Array.from({ length: 4 }, () => randomUUID());
const insert = (id: string, of: string | null) =>
  ports.db.query(
    `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, parent_id, listed, enqueued_at, last_update)
     VALUES ($1, 'TrialJob', 'compute', 10, '{}', 'job', 3, $2, false, now(), now())`,
    [id, of],
  );
const start = (ids: readonly unknown[]) =>
  ports.db.query(
    `UPDATE job SET state = 'started', attempt = 1, worker_id = gen_random_uuid(), lease_until = now() + interval '1 minute'
     WHERE id = ANY($1::uuid[])`,
    [ids],
  );

test('a child that finishes while its parent ends is gone as well', async () => {
  await insert(parent!, null);
  for (const id of [finishing!, running!, waiting!]) await insert(id, parent!);
  await start([parent, finishing, running]);
  const child = ports.db.createQueryRunner();
  await child.startTransaction();
  await child.query(`UPDATE job SET state = 'finished' WHERE id = $1`, [finishing]);
  const ended = ports.db.transaction((tx) => endChildren(tx, parent!));
  // Long enough for it to wait for the child's row.
  await sleep(200);
  await child.commitTransaction();
  await child.release();
  await ended;
  expect(await ports.db.query(`SELECT id, cancel_requested FROM job WHERE parent_id = $1`, [parent])).toEqual([
    { id: running, cancel_requested: true },
  ]);
});
