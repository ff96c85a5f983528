import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { LifeSign } from './life-sign.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-sign-'));
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: new Date('2026-01-31T12:00:00Z') });
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

it('writes its file anew, though not at every call', async () => {
  const file = join(folder, 'sign');
  const sign = new LifeSign(file);
  const written: string[] = [];
  for (const passedMs of [0, 500, 1400, 200]) {
    vi.advanceTimersByTime(passedMs);
    await sign.give();
    written.push((await readFile(file, 'utf8')).slice(17, 23));
  }
  expect(written).toEqual(['00.000', '00.000', '00.000', '02.100']);
});

it('writes nothing where nobody looks', async () => {
  await new LifeSign(undefined).give();
  expect(await readdir(folder)).toEqual([]);
});

it('says so when the file cannot be written', async () => {
  await expect(new LifeSign(join(folder, 'no', 'folder')).give()).rejects.toMatchObject({ code: 'ENOENT' });
});
