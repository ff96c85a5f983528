import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

interface Tracking {
  readonly writes: { lost: number; readonly ours: { pointsPerSecond: number } }[];
  readonly reads: { readonly what: string; p50Ms: number; p99Ms: number }[];
  readonly lists: { readonly what: string; p50Ms: number; p99Ms: number }[];
}
let results: string;
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'millrace-targets-'));
  cpSync('bench/results', results, { recursive: true });
});
afterEach(() => rmSync(results, { recursive: true }));

/** What the script says of targets for tracked runs, once the figures are these: what was missed, and how it ended. */
function judged(change: (figures: Tracking) => unknown): { missed: string[]; status: number | null } {
  const file = join(results, 'tracking.json');
  const figures = JSON.parse(readFileSync(file, 'utf8')) as Tracking;
  for (const { ours } of figures.writes) ours.pointsPerSecond = 60_000;
  for (const one of figures.writes) one.lost = 0;
  figures.writes[0]!.ours.pointsPerSecond = 200_000;
  for (const one of [...figures.reads, ...figures.lists]) one.p50Ms = one.p99Ms = 9000;
  Object.assign(chart(figures), { p50Ms: 5, p99Ms: 25 });
  Object.assign(list(figures), { p50Ms: 300, p99Ms: 300 });
  change(figures);
  writeFileSync(file, JSON.stringify(figures));
  const { stdout, status } = spawnSync('node', ['tools/targets.mjs', 'tracking', '--results', results], {
    encoding: 'utf8',
  });
  return { missed: [...stdout.matchAll(/^MISSED +tracking +(.*): /gm)].map(([, what]) => what!), status };
}
const chart = ({ reads }: Tracking) => reads.find(({ what }) => what === '1 M points to 2,000')!;
const list = ({ lists }: Tracking) => lists.find(({ what }) => what === 'all 10,000 runs in one list')!;

it('each target of tracked runs is missed by itself, and only then', () => {
  expect(judged(() => undefined)).toEqual({ missed: [], status: 0 });
  const one = (what: string) => ({ missed: [what], status: 1 });
  expect(judged(({ writes }) => (writes[0]!.ours.pointsPerSecond = 199_999))).toEqual(one('points of four writers, per second')); // prettier-ignore
  expect(judged(({ writes }) => (writes[1]!.lost = 1))).toEqual(one('points lost'));
  expect(judged((figures) => (chart(figures).p99Ms = 25.1))).toEqual(one('1 M points to 2,000, p99 ms'));
  expect(judged((figures) => (list(figures).p50Ms = 300.1))).toEqual(one('a list of 10,000 runs, median ms'));
  expect(judged((figures) => (list(figures).p99Ms = 300.1))).toEqual(one('a list of 10,000 runs, p99 ms'));
});

it('what was not measured is missed', () => {
  const gone = judged((figures) => figures.reads.splice(figures.reads.indexOf(chart(figures)), 1));
  expect(gone).toEqual({ missed: ['1 M points to 2,000, p99 ms'], status: 1 });
});
