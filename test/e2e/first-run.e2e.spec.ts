import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

let millrace: RunningMillrace;
let folder: string;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  folder = mkdtempSync(join(tmpdir(), 'first-run-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await millrace.stop();
});

it('the guide’s commands do what it says', async () => {
  const guide = readFileSync('docs/guides/first-run.md', 'utf8');
  const script = [...guide.matchAll(/```sh\n(.*?)```/gs)].map((block) => block[1]).join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...process.env, MILLRACE: millrace.url },
    timeout: 90_000,
  });
  expect(stdout.match(/"status":"finished"/g)).toHaveLength(2);
  expect(stdout).toMatch(/"kind":\{"type":"Categorical"/);
  expect(stdout).toMatch(/\{ Accuracy: (0\.9|1)/);
  expect(stdout).toContain('large');
});
