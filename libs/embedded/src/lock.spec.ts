import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { lockFolder } from './lock.js';
import { processIdentity } from './process-identity.js';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'millrace-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('is held once, and free again after release', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`process ${process.pid}`);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  lockFolder(folder).release();
});

test('a live process keeps it, a dead one loses it', async () => {
  const holder = spawn('sleep', ['60']);
  await once(holder, 'spawn');
  writeFileSync(join(folder, 'lock'), `${holder.pid ?? 0} ${processIdentity(holder.pid ?? 0) ?? ''}`);
  expect(() => lockFolder(folder)).toThrow(/in use/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  lockFolder(folder).release();
});

test('a number that now belongs to a process begun at another time does not keep it', () => {
  writeFileSync(join(folder, 'lock'), `${process.pid} some-other-boot 1`);
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('an unreadable lock is nobody’s', () => {
  writeFileSync(join(folder, 'lock'), '');
  lockFolder(folder).release();
});
