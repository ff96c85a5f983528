import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { trackedBlobKey, trackedKey } from '#storage';

import { testStore } from './store.fixture.js';

const house = testStore();

test('files that no row names go when they are old enough, and no others', async () => {
  const { storage, store } = house;
  const write = async (key: string): Promise<string> => {
    await storage.write(key, Readable.from([Buffer.from('x')]));
    return key;
  };
  const named = await write(trackedKey(randomUUID()));
  const { projectId } = await house.newRun();
  await store.objects.addBlob({ projectId, key: named, sha256: 'ab'.repeat(32), sizeBytes: 1, contentType: 'a/b' });
  const orphans = [await write(trackedKey(randomUUID())), await write(trackedBlobKey(randomUUID()))];
  const foreign = await write('tracked/by-hand');
  expect(await store.upkeep.sweepOrphans()).toBe(0);
  expect(await store.upkeep.sweepOrphans(0)).toBe(2);
  expect(await Promise.all([named, foreign, ...orphans].map((key) => storage.exists(key)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
