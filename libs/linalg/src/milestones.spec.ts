import { expect, it } from 'vitest';

import { milestones } from './milestones.js';

const watch = (): void => undefined;

it('milestones rise and lie below the last iteration, and there are none without a watcher', () => {
  expect(milestones({ watch }, 100)).toEqual([1, 2, 5, 10, 20, 50]);
  expect(milestones({ watch }, 101)).toEqual([1, 2, 5, 10, 20, 50, 100]);
  expect(milestones({ watch }, 1)).toEqual([]);
  expect(milestones({}, 100)).toEqual([]);
});
