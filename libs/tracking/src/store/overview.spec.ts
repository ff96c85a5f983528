import { expect, test } from 'vitest';

import { testStore } from './store.fixture.js';

const house = testStore();

test('many series of one kind leave room for those of another; each name and context is told once', async () => {
  const { id: runId, projectId } = await house.newRun('first');
  const { id: twin } = await house.newRun('second');
  const { series, objects, overview } = house.store;
  const names = Array.from({ length: 5 }, (_none, at) => `m${at}`);
  for (const run of [runId, twin]) await series.append(names.map((name) => ({ runId: run, name, x: 0, value: 1 })));
  await objects.put([{ runId, kind: 'text', name: 'said', x: 0, meta: {} }]);
  const told = await overview.series(projectId, 3);
  expect(told.map(({ kind, name }) => [kind, name])).toEqual([
    ...names.slice(0, 3).map((name) => ['number', name]),
    ['text', 'said'],
  ]);
});
