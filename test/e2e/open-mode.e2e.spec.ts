import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const main = join(import.meta.dirname, '../../dist/apps/api/src/main.js');

it.each(['0.0.0.0', '::', '192.0.2.1'])('an API without a token does not start where others reach it: %s', (host) => {
  const { status, stderr } = spawnSync(process.execPath, [main], {
    env: { PATH: process.env['PATH'], MILLRACE_HOST: host, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    encoding: 'utf8',
    timeout: 100_000,
  });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^MILLRACE_TOKEN: required/)]);
});
