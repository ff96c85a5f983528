import type { StreamTree } from '#matyan';

import type { RunMatch, SearchStep } from './matching-runs.js';

/** A search that finds little still says now and then that it goes on, every so many milliseconds. */
const SILENCE = 500;

/**
 * Matches as trees under their hashes, with progress between them. The first candidate is looked at before anything is said, so that a
 * query that costs too much is refused as such.
 */
export async function* searchTrees(
  steps: AsyncGenerator<SearchStep>,
  { progress, limit = 0 }: { readonly progress: boolean; readonly limit?: number },
  write: (match: RunMatch) => StreamTree | Promise<StreamTree>,
): AsyncGenerator<StreamTree> {
  let count = 0;
  let matches = 0;
  let spoken = performance.now();
  const say = (checked: number, total: number): StreamTree => {
    spoken = performance.now();
    return { [`progress_${count++}`]: [checked, total] };
  };
  for await (const { match, checked, total } of steps) {
    if (progress && count === 0) yield say(0, total);
    if (match) yield { [match.run.extId]: await write(match) };
    if (progress && (match ? true : performance.now() - spoken > SILENCE)) yield say(checked, total);
    if (match && ++matches === limit) break;
  }
  if (progress) yield say(0, 0);
}
