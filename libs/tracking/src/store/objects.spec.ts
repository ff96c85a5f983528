import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { testStore } from './store.fixture.js';
import type { NewObject, TrackedBlob } from './tracked-types.js';

const house = testStore();

async function upload(
  projectId: number,
  content: string,
  contentType = 'image/png',
): Promise<{ blob: TrackedBlob; key: string }> {
  const key = `blobs/${randomUUID()}`;
  const { sha256, sizeBytes } = await house.storage.write(key, Readable.from([Buffer.from(content)]));
  return { key, blob: await house.store.objects.addBlob({ projectId, key, sha256, sizeBytes, contentType }) };
}

test('the same bytes are kept once', async () => {
  const { projectId } = await house.newRun();
  const [first, second] = [await upload(projectId, 'same'), await upload(projectId, 'same')];
  expect(second.blob).toEqual(first.blob);
  expect(first.blob).toMatchObject({ sizeBytes: 4, sha256: createHash('sha256').update('same').digest('hex') });
  expect(await house.storage.exists(first.key)).toBe(true);
  expect(await house.storage.exists(second.key)).toBe(false);
  const other = await upload(projectId, 'same', 'text/plain');
  expect(other.blob.id).not.toBe(first.blob.id);
  expect(await house.store.objects.blob(first.blob.id)).toEqual(first.blob);
  await expect(house.store.objects.blob(1_999_999)).rejects.toMatchObject({ code: 'not-found' });
  const racing = await Promise.all(Array.from({ length: 6 }, () => upload(projectId, 'race')));
  expect(new Set(racing.map(({ blob }) => blob.id)).size).toBe(1);
  expect((await Promise.all(racing.map(({ key }) => house.storage.exists(key)))).filter(Boolean)).toHaveLength(1);
});

test('objects lie at their steps; a series counts steps', async () => {
  const { id: runId, projectId } = await house.newRun();
  const { blob } = await upload(projectId, 'pixels');
  const object = (more: Partial<NewObject>): NewObject => ({
    runId,
    kind: 'image',
    name: 'samples',
    x: 3,
    meta: { width: 2 },
    ...more,
  });
  await house.store.objects.put([
    object({ blobId: blob.id }),
    object({ index: 1 }),
    object({ x: null }),
    object({ kind: 'text', meta: { text: 'hi' } }),
  ]);
  await house.store.objects.put([object({ meta: { width: 9 } }), object({ x: 1 })]);
  const list = await house.store.series.list([runId]);
  expect(list.map(({ kind, n, firstX, lastX }) => [kind, n, firstX, lastX])).toEqual(
    expect.arrayContaining([
      ['image', 3, 1, 4],
      ['text', 1, 3, 3],
    ]),
  );
  const { id } = list.find(({ kind }) => kind === 'image')!;
  const read = await house.store.objects.read(id, {});
  expect(read.map(({ x, index, meta, blobId }) => [x, index, meta, blobId])).toEqual([
    [1, 0, { width: 2 }, null],
    [3, 0, { width: 9 }, null],
    [3, 1, { width: 2 }, null],
    [4, 0, { width: 2 }, null],
  ]);
  expect(await house.store.objects.read(id, { fromX: 2, toX: 3, limit: 1 })).toHaveLength(1);
});

test('many who put at once lose nothing', async () => {
  const { id: runId } = await house.newRun();
  await Promise.all(
    Array.from({ length: 12 }, () =>
      house.store.objects.put(
        [0, 1].map((at) => ({ runId, kind: 'text', name: `s${at}`, x: null, meta: {} }) as const),
      ),
    ),
  );
  expect((await house.store.series.list([runId])).map(({ n, lastX }) => [n, lastX])).toEqual([
    [12, 11],
    [12, 11],
  ]);
});

test('objects of a deleted run, or too large, are refused whole', async () => {
  const { id: runId } = await house.newRun();
  const object: NewObject = { runId, kind: 'text', name: 'a', x: 0, meta: {} };
  await expect(
    house.store.objects.put([object, { ...object, meta: { big: 'x'.repeat(2_000_000) } }]),
  ).rejects.toMatchObject({ code: 'tracked-limit-passed' });
  expect(await house.store.series.list([runId])).toEqual([]);
  await house.store.runs.remove([runId]);
  await expect(house.store.objects.put([object])).rejects.toMatchObject({ code: 'tracked-run-gone' });
});

test('without a step, all objects of one count lie at the next one', async () => {
  const { id: runId } = await house.newRun();
  const pictures = (count: number, x: number | null = null, name = 'p'): NewObject[] =>
    Array.from({ length: count }, (_none, index) => ({ runId, kind: 'image', name, x, index, meta: { of: count } }));
  await house.store.objects.put([...pictures(3), ...pictures(2)]);
  await house.store.objects.put([...pictures(1, 7), ...pictures(2, null, 'q'), ...pictures(4)]);
  const series = await house.store.series.list([runId]);
  const places = async (name: string): Promise<unknown> => {
    const { id } = series.find((one) => one.name === name)!;
    return (await house.store.objects.read(id, {})).map(({ x, index, meta }) => [x, index, meta['of']]);
  };
  expect(await places('p')).toEqual([
    [0, 0, 3], [0, 1, 3], [0, 2, 3], [1, 0, 2], [1, 1, 2], [7, 0, 1], [8, 0, 4], [8, 1, 4], [8, 2, 4], [8, 3, 4],
  ]); // prettier-ignore
  expect(await places('q')).toEqual([[0, 0, 2], [0, 1, 2]]); // prettier-ignore
  expect(series.map(({ name, n, lastX }) => [name, n, lastX])).toEqual([['p', 4, 8], ['q', 1, 0]]); // prettier-ignore
});
