import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { STATUS } from '#contract';
import { DatasetEntity, openDatabase } from '#persistence';
import { testDatabase } from '#testing';

import { changeRow } from './rows.js';

let db: DataSource;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  drop = database.drop;
  db = await openDatabase(database.url, { poolSize: 3 });
});
afterAll(async () => {
  await db.destroy();
  await drop();
});

const dataset = (id: number) => ({ entity: DatasetEntity, id, missing: 'dataset-not-found' }) as const;

test('a change writes its own columns, whatever a job does to the row at the same time', async () => {
  const { id } = await db.manager.save(db.manager.create(DatasetEntity, { name: 'before' }));
  let moved = Promise.resolve<unknown>(undefined);
  const changed = await changeRow(db, dataset(id), () => {
    moved = db.query('UPDATE dataset SET status = $2 WHERE id = $1', [id, STATUS.finished]);
    return { name: 'after' };
  });
  await moved;
  expect(changed).toMatchObject({ name: 'after', status: STATUS.notStarted });
  expect(await db.manager.findOneBy(DatasetEntity, { id })).toMatchObject({ name: 'after', status: STATUS.finished });
});

test('two changes of one row see each other', async () => {
  const { id } = await db.manager.save(db.manager.create(DatasetEntity, { name: 'n' }));
  const longer = () => changeRow(db, dataset(id), ({ name }) => ({ name: `${name}+` }));
  await Promise.all([longer(), longer()]);
  expect(await db.manager.findOneBy(DatasetEntity, { id })).toMatchObject({ name: 'n++' });
});

test('no columns write nothing, and a missing row says so', async () => {
  const saved = await db.manager.save(db.manager.create(DatasetEntity, { name: 'same' }));
  const { last_modified: modified } = await changeRow(db, dataset(saved.id), () => ({}));
  expect(modified).toEqual(saved.last_modified);
  await expect(changeRow(db, dataset(0), () => ({ name: 'x' }))).rejects.toMatchObject({ code: 'dataset-not-found' });
});
