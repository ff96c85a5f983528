import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Script } from './script.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-sdk-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Line {
  readonly index: number;
  readonly data: { readonly step: number; readonly who: number };
}
const linesOf = (...parts: string[]): Line[] =>
  readFileSync(join(folder, ...parts), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const upTo = (count: number): number[] => Array.from({ length: count }, (_none, step) => step);

describe('a folder', () => {
  it('takes two scripts of one name at once', async () => {
    const prefix = 'ann/two/run';
    const scripts = [1, 2].map((who) => new Script('steady', { prefix, root: folder, rows: 150, who, pauseMs: 4 }, {}));
    expect(await Promise.all(scripts.map(({ ended }) => ended))).toEqual([0, 0]);
    for (const metric of ['train', 'val', 'deep%2Fname', 'None']) {
      const lines = linesOf(prefix, 'metrics', metric, 'data.jsonl');
      expect(lines.map(({ index }) => index)).toEqual(upTo(300));
      for (const who of [1, 2])
        expect(lines.filter(({ data }) => data.who === who).map(({ data }) => data.step)).toEqual(upTo(150));
    }
  });

  it('is whole after a script was killed in it, and the next one goes on', async () => {
    const prefix = 'ann/kill/run';
    const killed = new Script('steady', { prefix, root: folder, rows: 10_000, pauseMs: 1 }, {});
    await killed.said(/^step 300$/m);
    killed.signal('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');
    const before = linesOf(prefix, 'metrics', 'train', 'data.jsonl').length;
    // It had written out all but the last tenth of a second.
    expect(before).toBeGreaterThan(100);
    const next = new Script('steady', { prefix, root: folder, rows: 20, who: 2 }, {});
    expect(await next.ended, next.told).toBe(0);
    const lines = linesOf(prefix, 'metrics', 'train', 'data.jsonl');
    expect(lines.map(({ index }) => index)).toEqual(upTo(lines.length));
    expect(lines.filter(({ data }) => data.who === 2)).toHaveLength(20);
  });

  it('holds what a script logged that was asked to end', async () => {
    const prefix = 'ann/term/run';
    const script = new Script('endless', { prefix, root: folder, rows: 70 }, {});
    await script.said(/^logged$/m);
    script.signal('SIGTERM');
    expect(await script.ended).toBe('SIGTERM');
    expect(linesOf(prefix, 'metrics', 'train', 'data.jsonl')).toHaveLength(70);
    expect(JSON.parse(readFileSync(join(folder, prefix, 'experiment.json'), 'utf8'))).toMatchObject({
      status: 'CANCELLED',
    });
  });

  it('is where dxp writes, complete when the script ends', async () => {
    const script = new Script('dxp', {}, { ML_DASH_USER: userInfo().username }, folder);
    expect(await script.ended, script.told).toBe(0);
    const place = join('.dash', userInfo().username, 'scratch', 'dxp');
    expect(JSON.parse(readFileSync(join(folder, place, 'experiment.json'), 'utf8'))).toMatchObject({
      name: 'dxp',
      project: 'scratch',
      status: 'COMPLETED',
    });
    expect(linesOf(place, 'metrics', 'train', 'data.jsonl')).toHaveLength(1);
  });
});
