import { expect, it } from 'vitest';

import { rowSet } from '#components';
import type { Encoded } from '#frame';

import { type Lesson, lessonShelf } from './lesson-shelf.js';

const encoded = (cells: number): Encoded => ({ data: new Float64Array(cells) }) as Encoded;
const lesson = (cells: number): Lesson => ({
  encoder: { inputs: [] },
  encoded: encoded(cells),
  scored: new Map(),
});
const [a, b, c] = [rowSet([1]), rowSet([2]), rowSet([3])];

it('keeps what has room and drops what was not used for longest', () => {
  const shelf = lessonShelf(100);
  for (const rows of [a, b]) {
    shelf.makeRoom(40);
    shelf.put(rows, lesson(40));
  }
  expect(shelf.find(a)).toBeDefined();
  shelf.makeRoom(40);
  shelf.put(c, lesson(40));
  expect([a, b, c].map((rows) => shelf.find(rows) !== undefined)).toEqual([true, false, true]);
});

it('counts the rows that were scored, and keeps the last lesson while it is scored', () => {
  const shelf = lessonShelf(100);
  const [first, second] = [lesson(30), lesson(60)];
  shelf.put(a, first);
  shelf.put(b, second);
  shelf.makeRoom(50, true);
  second.scored.set(c, encoded(50));
  expect(shelf.by(first.encoder)).toBeUndefined();
  expect(shelf.by(second.encoder)).toBe(second);
});

it('a lesson larger than the shelf leaves none beside it', () => {
  const shelf = lessonShelf(100);
  shelf.put(a, lesson(10));
  shelf.makeRoom(1000);
  expect(shelf.find(a)).toBeUndefined();
});
