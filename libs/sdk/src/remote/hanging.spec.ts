import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it, vi } from 'vitest';

import { log, RemoteTest, upTo } from './remote.fixture.js';
import { sendWaiting } from './send-waiting.js';

const test = new RemoteTest();
/** Far more than is promised: a busy machine may take its time. */
const LONG_MS = 10_000;
/** For a run whose server answers: as long as it takes to send everything. */
const PATIENT_S = '20';

const rowsOnDisk = (): number =>
  test
    .waiting()
    .flatMap((name) =>
      readFileSync(join(test.home, 'spool', name), 'utf8')
        .trimEnd()
        .split('\n'),
    )
    .map((line) => JSON.parse(line) as { items?: number; lane?: string })
    .reduce((sum, { items = 0, lane = '' }) => sum + (lane.startsWith('metric') ? items : 0), 0);

describe.each(['hanging', 'mute'] as const)('a server that accepts and never answers (%s)', (mood) => {
  it('holds up nobody, and the next run sends what it did not take', async () => {
    vi.stubEnv('ML_DASH_METRIC_BATCH_SIZE', '5');
    vi.stubEnv('ML_DASH_MAX_QUEUE_SIZE', '50');
    vi.stubEnv('ML_DASH_FLUSH_TIMEOUT', '0.3');
    const exp = test.experiment();
    await exp.run.start();
    log(exp, 0, 5);
    await exp.flush();
    test.server.mood = mood;
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 10);
    for (let step = 5; step < 505; step += 5) {
      log(exp, step, step + 5);
      await turn();
    }
    await vi.waitFor(() => expect(test.server.held).toBeGreaterThan(0), { timeout: LONG_MS });
    // What may not wait in memory waits on disk.
    expect(rowsOnDisk()).toBeGreaterThanOrEqual(450);
    const before = ticks;
    const start = performance.now();
    expect((await exp.flush()).waiting).toBeGreaterThanOrEqual(500);
    expect(ticks - before).toBeGreaterThan(2);
    clearInterval(ticking);
    await exp.run.complete();
    expect(performance.now() - start).toBeLessThan(LONG_MS);
    // A call that hangs would hold the process.
    await vi.waitFor(() => expect(test.server.held).toBe(0), { timeout: LONG_MS });
    expect(rowsOnDisk()).toBe(500);
    test.server.mood = 'up';
    vi.stubEnv('ML_DASH_FLUSH_TIMEOUT', PATIENT_S);
    await test.experiment().run((again) => log(again, 505, 506));
    expect(test.losses()).toEqual(upTo(506));
    expect(test.server.status).toBe('COMPLETED');
    expect(test.waiting()).toEqual([]);
  });

  it('holds up neither the start of a run nor its files', async () => {
    vi.stubEnv('ML_DASH_FLUSH_TIMEOUT', '0.2');
    test.server.mood = mood;
    const exp = test.experiment();
    const start = performance.now();
    await exp.run.start();
    log(exp, 0, 3);
    await exp.files('m').saveText('x', 'x.txt');
    await exp.run.complete();
    expect(performance.now() - start).toBeLessThan(LONG_MS);
    await vi.waitFor(() => expect(test.server.held).toBe(0), { timeout: LONG_MS });
    expect(test.told.join('')).toContain('does not answer');
    test.server.mood = 'up';
    vi.stubEnv('ML_DASH_FLUSH_TIMEOUT', PATIENT_S);
    expect(await sendWaiting()).toMatchObject({ waiting: 0 });
    expect(test.losses()).toEqual(upTo(3));
    expect(test.server.files.map(({ name }) => name)).toEqual(['x.txt']);
    expect(test.server.status).toBe('COMPLETED');
  });
});
