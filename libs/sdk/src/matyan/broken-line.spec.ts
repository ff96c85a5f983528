import { describe, expect, it, vi } from 'vitest';

import { sendWaiting } from '../remote/send-waiting.js';
import { Image, Text } from './media.js';
import { RunTest } from './run.fixture.js';

const test = new RunTest();

describe('a line that breaks', () => {
  it.each(['away', 'forgetful'] as const)('(%s) loses no point', async (mood) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('MATYAN_WS_BATCH_SIZE', '10');
    const run = test.opened();
    for (let step = 0; step < 15; step += 1) run.track(step, 'loss');
    await run.flush();
    test.server[mood] = true;
    for (let step = 15; step < 40; step += 1) run.track(step, 'loss');
    await run.flush({ timeoutMs: 60 });
    test.server[mood] = false;
    await run.close();
    // The same step again is the same point.
    const byStep = new Map(test.server.of('log_metric').map(({ step, value }) => [step, value]));
    expect([...byStep.keys()].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 40 }, (_none, step) => step),
    );
    expect(test.waiting()).toEqual([]);
  });

  it.each(['away', 'forgetful'] as const)('(%s) doubles nothing that has no step of its own', async (mood) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('MATYAN_WS_BATCH_SIZE', '3');
    const run = test.opened({ runHash: 'r1', forceResume: true });
    const write = (from: number, to: number): void => {
      for (let value = from; value < to; value += 1) {
        run.track(value, 'loss');
        run.track(new Text(String(value)), 'said');
        run.track(new Image(Uint8Array.of(value), { format: 'png' }), 'seen');
        run.logInfo(String(value));
        run.addTag(String(value));
      }
    };
    write(0, 3);
    await run.flush();
    test.server[mood] = true;
    write(3, 8);
    await run.flush({ timeoutMs: 60 });
    test.server[mood] = false;
    write(8, 10);
    await run.close();
    const all = Array.from({ length: 10 }, (_none, value) => value);
    expect(test.server.of('log_metric').map(({ value, step }) => [value, step])).toEqual(
      all.map((value) => [value, null]),
    );
    expect(test.server.of('log_record').map(({ message }) => message)).toEqual(all.map(String));
    expect(test.server.of('add_tag').map(({ tag_name }) => tag_name)).toEqual(all.map(String));
    const objects = test.server.of('log_custom_object');
    expect(objects.filter(({ dtype }) => dtype === 'text')).toHaveLength(10);
    expect(objects.filter(({ dtype }) => dtype === 'image')).toHaveLength(10);
    expect(test.server.of('create_run')).toHaveLength(1);
    expect(test.server.of('finish_run')).toHaveLength(1);
    expect(test.waiting()).toEqual([]);
  });

  it.each(['at once', 'later'])('only hangs, %s: it holds up nobody, and has all when it answers', async (when) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('ML_DASH_FLUSH_TIMEOUT', '0.2');
    vi.stubEnv('MATYAN_WS_BATCH_SIZE', '5');
    test.server.hanging = when === 'at once';
    const run = test.opened();
    if (when === 'later') await run.flush();
    test.server.hanging = true;
    for (let step = 0; step < 100; step += 1) {
      run.track(step, 'loss');
      run.logInfo(String(step));
      if (step % 10 === 0) await new Promise(setImmediate);
    }
    const start = performance.now();
    await run.close();
    expect(performance.now() - start).toBeLessThan(10_000);
    // A line that hangs would hold the process.
    await vi.waitFor(() => expect(test.server.lines).toBe(0), { timeout: 60_000 });
    test.server.hanging = false;
    expect(await sendWaiting()).toMatchObject({ waiting: 0 });
    const all = Array.from({ length: 100 }, (_none, step) => step);
    expect(test.server.of('log_record').map(({ message }) => message)).toEqual(all.map(String));
    expect([...new Set(test.server.of('log_metric').map(({ step }) => step))]).toEqual(all);
    expect([test.server.of('create_run').length, test.server.messages.at(-1)!.type]).toEqual([1, 'finish_run']);
    expect(test.waiting()).toEqual([]);
  });

  it('for ever leaves it on disk for later', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('ML_DASH_FLUSH_TIMEOUT', '0.03');
    await test.server.stop();
    const run = test.opened();
    run.track(1, 'loss');
    expect(await run.flush()).toEqual({ waiting: 2 });
    await run.close();
    expect(test.waiting()).toHaveLength(1);
    await test.server.start();
    expect(await sendWaiting()).toEqual({ sent: 3, waiting: 0 });
    expect(test.server.messages.map(({ type }) => type)).toEqual(['create_run', 'log_metric', 'finish_run']);
  });

  it('a bad message takes none of its neighbours along', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const run = test.opened();
    for (const tag of ['a', 'bad', 'c']) run.addTag(tag);
    await run.close();
    expect(test.server.of('add_tag').map(({ tag_name }) => tag_name)).toEqual(['a', 'c']);
    expect(told.mock.calls.flat().join('')).toContain('bad tag');
    expect(test.waiting()).toEqual([expect.stringContaining('rejected')]);
  });
});
