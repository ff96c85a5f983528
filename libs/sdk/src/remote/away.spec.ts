import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { parsePrefix, runValues } from '../experiment/prefix.js';
import { log, RemoteTest, upTo } from './remote.fixture.js';
import { sendWaiting } from './send-waiting.js';
import { SpoolFile, spoolFolder } from './spool.js';

const test = new RemoteTest();

/** What a process leaves that ended without reaching its server; a line was being written when it was killed. */
function leaveBehind(name = 'first'): void {
  const prefix = parsePrefix(`ann/digits/cnn/${name}`, runValues({ user: 'ann' }));
  const folder = spoolFolder(test.home, test.server.url, prefix.text);
  const file = SpoolFile.create(folder, { url: test.server.url, opening: { prefix } });
  const path = '/experiments/{run}/metrics/train/append-batch';
  const rows = [0, 1].map((loss) => JSON.stringify({ dataPoints: [{ loss, _ts: loss }] }));
  const sent = file.keep({
    lane: 'params',
    items: 1,
    method: 'POST',
    path: '/experiments/{run}/parameters',
    body: '{}',
  });
  file.keep({ lane: 'status', items: 1, method: 'PATCH', path: '/nodes/{node}', body: '{"status":"FAILED"}' });
  for (const body of rows) file.keep({ lane: 'metric train', items: 1, method: 'POST', path, body });
  file.sent(sent);
  const written = readdirSync(folder).find((one) => one.includes(`.${process.pid}.`));
  writeFileSync(
    join(folder, written!.replace(`.${process.pid}.`, '.999999999.')),
    `${readFileSync(join(folder, written!), 'utf8')}{"lane":"metr`,
  );
  rmSync(join(folder, written!));
}

describe('a server that goes away', () => {
  it.each(['away', 'busy', 'forgetful'] as const)('(%s) and comes back has every row once', async (mood) => {
    vi.stubEnv('ML_DASH_METRIC_BATCH_SIZE', '10');
    await test.experiment().run(async (exp) => {
      log(exp, 0, 15);
      await exp.flush();
      test.server.mood = mood;
      log(exp, 15, 47);
      exp.log('meanwhile');
      await exp.flush({ timeoutMs: 100 });
      test.server.mood = 'up';
      log(exp, 47, 60);
      exp.log('again');
    });
    expect(test.losses()).toEqual(upTo(60));
    expect(test.server.logs.map(({ message }) => message)).toEqual(['meanwhile', 'again']);
    expect(test.server.status).toBe('COMPLETED');
    expect(test.waiting()).toEqual([]);
    expect(test.told.join('')).toContain('what is logged waits and is sent later');
  });

  it('may be away at the start', async () => {
    await test.server.stop();
    const exp = test.experiment();
    await exp.run.start();
    log(exp, 0, 5);
    expect(exp.id).toBeUndefined();
    await test.server.start();
    await exp.run.complete();
    expect(test.losses()).toEqual(upTo(5));
    expect(exp.id).toBe('e1');
  });

  it('puts on disk what is too much for memory, in order', async () => {
    vi.stubEnv('ML_DASH_METRIC_BATCH_SIZE', '5');
    vi.stubEnv('ML_DASH_MAX_QUEUE_SIZE', '20');
    await test.experiment().run(async (exp) => {
      test.server.mood = 'away';
      log(exp, 0, 100);
      expect(test.waiting()).toHaveLength(1);
      test.server.mood = 'up';
      await exp.flush();
    });
    expect(test.losses()).toEqual(upTo(100));
    expect(test.waiting()).toEqual([]);
  });

  it('until the process ended: the next run of the name delivers first, without the old ending', async () => {
    leaveBehind();
    await test.experiment().run((exp) => log(exp, 2, 3));
    expect(test.losses()).toEqual([0, 1, 2]);
    expect(test.server.taken.filter((one) => one.startsWith('PATCH'))).toHaveLength(1);
    expect(test.server.status).toBe('COMPLETED');
    expect(test.waiting()).toEqual([]);
  });

  it('until the process ended: a run of another name delivers it beside its own, with its ending', async () => {
    // Of two processes.
    leaveBehind('earlier');
    leaveBehind('earlier');
    const exp = test.experiment();
    await exp.run.start();
    await vi.waitFor(() => expect(test.waiting()).toEqual([]), { timeout: 60_000 });
    expect(test.losses()).toEqual([0, 1]);
    expect(test.server.status).toBe('FAILED');
    await exp.run.complete();
    expect(test.server.status).toBe('COMPLETED');
  });

  it('until the process ended: what another run sends beside its own goes back to a run of its name', async () => {
    leaveBehind('earlier');
    const exp = test.experiment();
    await exp.run.start();
    test.server.mood = 'away';
    const same = test.experiment({}, 'earlier');
    await same.run.start();
    log(same, 2, 3);
    test.server.mood = 'up';
    await same.run.complete();
    expect(test.losses()).toEqual([0, 1, 2]);
    expect(test.server.status).toBe('COMPLETED');
    await exp.run.complete();
    expect(test.waiting()).toEqual([]);
  });

  it('for long is noticed at once by whoever waits, though pauses have grown past the wait', async () => {
    vi.stubEnv('ML_DASH_RETRY_BASE_DELAY', '20');
    vi.stubEnv('ML_DASH_RETRY_MAX_DELAY', '30');
    const exp = test.experiment();
    await exp.run.start();
    test.server.mood = 'away';
    log(exp, 0, 3);
    const flushed = exp.flush({ timeoutMs: 8000 });
    setTimeout(() => (test.server.mood = 'up'), 500);
    expect(await flushed).toEqual({ waiting: 0 });
    expect(test.losses()).toEqual(upTo(3));
    await exp.run.complete();
  });

  it('leaves nothing in memory alone that a kill would lose, from its first silence on', async () => {
    const exp = test.experiment();
    await exp.run.start();
    test.server.mood = 'away';
    log(exp, 0, 3);
    await exp.flush({ timeoutMs: 20 });
    await vi.waitFor(() => expect(test.told.join('')).toContain('takes nothing now'), { timeout: 60_000 });
    log(exp, 3, 1005);
    const texts = test.waiting().map((name) => readFileSync(join(test.home, 'spool', name), 'utf8'));
    const lines = texts
      .flatMap((text) => text.trimEnd().split('\n'))
      .map((line) => JSON.parse(line) as { items?: number });
    expect(lines.reduce((sum, { items = 0 }) => sum + items, 0)).toBe(1003);
    test.server.mood = 'up';
    await exp.run.complete();
    expect(test.losses()).toEqual(upTo(1005));
  });

  it('has a file that arrived though the note of it was lost: it waits for no bytes that are gone', async () => {
    const exp = test.experiment();
    await exp.run.start();
    test.server.mood = 'away';
    await exp.files('m').saveText('x', 'x.txt');
    await exp.flush({ timeoutMs: 20 });
    for (const name of readdirSync(join(test.home, 'spool'), { recursive: true, encoding: 'utf8' }))
      if (/files\/.+/.test(name)) rmSync(join(test.home, 'spool', name));
    test.server.mood = 'up';
    expect(await exp.flush()).toEqual({ waiting: 0 });
    await exp.run.complete();
    expect(test.waiting()).toEqual([]);
  });

  it('until the process ended: of what can no longer be said whose it is, all is kept for a person', async () => {
    leaveBehind('damaged');
    const folder = spoolFolder(
      test.home,
      test.server.url,
      parsePrefix('ann/digits/cnn/damaged', runValues({ user: 'ann' })).text,
    );
    const [name] = readdirSync(folder);
    const [, ...parcels] = readFileSync(join(folder, name!), 'utf8').split('\n');
    writeFileSync(join(folder, name!), ['{"url', ...parcels].join('\n'));
    expect(await sendWaiting()).toMatchObject({ sent: 0, waiting: 0 });
    const kept = readdirSync(folder);
    expect(kept.map((one) => one.endsWith('.damaged'))).toEqual([true]);
    expect(readFileSync(join(folder, kept[0]!), 'utf8')).toContain(parcels[1]);
  });

  it('until the process ended: sendWaiting delivers it, with its ending', async () => {
    leaveBehind();
    test.server.mood = 'away';
    expect(await sendWaiting({ timeoutMs: 50 })).toEqual({ sent: 0, waiting: 3 });
    test.server.mood = 'up';
    expect(await sendWaiting()).toEqual({ sent: 3, waiting: 0 });
    expect(test.losses()).toEqual([0, 1]);
    expect(test.server.status).toBe('FAILED');
    expect(test.waiting()).toEqual([]);
  });

  it('refuses for good: what it refused is kept for a person, the rest goes on', async () => {
    await test.experiment().run(async (exp) => {
      test.server.mood = 'refusing';
      log(exp, 0, 2);
      exp.log('still here');
      await exp.flush();
      test.server.mood = 'up';
      log(exp, 2, 3);
    });
    expect(test.losses()).toEqual([2]);
    expect(test.server.logs).toHaveLength(1);
    expect(test.told.join('')).toContain('refused 2 items');
    const [kept] = test.waiting();
    const line = JSON.parse(readFileSync(join(test.home, 'spool', kept!), 'utf8')) as {
      status: number;
      detail: string;
      parcel: { body: string };
    };
    expect(line).toMatchObject({ status: 422, detail: 'bad row' });
    expect(JSON.parse(line.parcel.body)).toMatchObject({ dataPoints: [{ loss: 0 }, { loss: 1 }] });
  });

  it('names a bad item of a batch: it alone is kept for a person, all others arrive in their order', async () => {
    test.server.badText = 'unstorable';
    await test.experiment().run((exp) => {
      for (const loss of upTo(10))
        exp.metrics('train').log({ loss, ...(loss === 3 || loss === 4 ? { note: 'unstorable' } : {}) });
      exp.log('unstorable');
      exp.log('fine');
      exp.tracks('t').append({ x: 'unstorable', _ts: 1 });
      exp.tracks('t').append({ x: 'good', _ts: 2 });
    });
    expect(test.losses()).toEqual([0, 1, 2, 5, 6, 7, 8, 9]);
    expect(test.server.logs).toMatchObject([{ message: 'fine' }]);
    expect(test.server.entries).toMatchObject([{ x: 'good' }]);
    const [kept] = test.waiting();
    const bodies = readFileSync(join(test.home, 'spool', kept!), 'utf8')
      .trimEnd()
      .split('\n')
      .map((text) => {
        const { parcel } = JSON.parse(text) as { parcel: { body: string } };
        return JSON.parse(parcel.body) as { dataPoints?: { loss: number }[] };
      });
    const rows = bodies.flatMap(({ dataPoints = [] }) => dataPoints);
    expect(rows.map(({ loss }) => loss)).toEqual([3, 4]);
    expect(bodies).toHaveLength(4);
  });
});
