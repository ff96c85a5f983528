import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const main = (program: string) => join(import.meta.dirname, `../../dist/apps/${program}/src/main.js`);
const ONE_LINE = /^MILLRACE_TOKEN: required [^\n]+\. Set it to [^\n]+\.\n$/;

it.each(['0.0.0.0', '::', '192.0.2.1'])('an API without a token does not start where others reach it: %s', (host) => {
  const { status, stderr } = spawnSync(process.execPath, [main('api')], {
    env: { PATH: process.env['PATH'], MILLRACE_HOST: host, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    encoding: 'utf8',
    timeout: 100_000,
  });
  expect([status, stderr]).toEqual([1, expect.stringMatching(ONE_LINE)]);
});

it('nor does the one command: it says so once, before it makes a home', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-open-'));
  const home = join(folder, 'home');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main('standalone')], {
    env: { PATH: process.env['PATH'], MILLRACE_HOST: '0.0.0.0', MILLRACE_HOME: home },
    encoding: 'utf8',
    timeout: 100_000,
  });
  expect([status, stdout, stderr]).toEqual([1, '', expect.stringMatching(ONE_LINE)]);
  expect(existsSync(home)).toBe(false);
  rmSync(folder, { recursive: true });
});
