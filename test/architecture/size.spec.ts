import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

const MEDIAN_LINES = 60;
const P90_LINES = 160;
const MAX_LINES = 300;

/** Hand-written sources below a folder: no specs, nothing generated. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['generated', 'node_modules', 'dist'].includes(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.spec.') ? [path] : [];
  });
}
const lines = (path: string): number => readFileSync(path, 'utf8').split('\n').length;
const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;

describe('sizes of files', () => {
  const files = [...sources('apps'), ...sources('libs')];

  it('no file is a place', () => {
    expect(files.map((path) => [lines(path), path] as const).filter(([count]) => count > MAX_LINES)).toEqual([]);
  });

  it('files stay small on the whole', () => {
    const sorted = files.map(lines).sort((a, b) => a - b);
    console.log(
      `${files.length} files, median ${at(sorted, 0.5)}, 90th percentile ${at(sorted, 0.9)}, longest ${sorted.at(-1)}`,
    );
    expect(at(sorted, 0.5)).toBeLessThanOrEqual(MEDIAN_LINES);
    expect(at(sorted, 0.9)).toBeLessThanOrEqual(P90_LINES);
  });
});
