import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { hasPrograms } from './programs.js';

const TOKEN = 'first-run-token-0123456789';
const guide = readFileSync('docs/guides/first-run.md', 'utf8');
const script = [...guide.matchAll(/```sh\n(.*?)```/gs)].map((block) => block[1]).join('\n');
const canRun = hasPrograms('bash', 'curl');

let millrace: RunningMillrace;
let folder: string;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', env: { MILLRACE_TOKEN: TOKEN } });
  folder = mkdtempSync(join(tmpdir(), 'first-run-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await millrace.stop();
});

/** The page's commands one after the other, up to the first that fails. */
const runGuide = (env: Record<string, string>) =>
  promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...process.env, MILLRACE: millrace.url, ...env },
    timeout: 90_000,
  });

it.runIf(canRun).each(['the first time', 'and again'])('the guide’s commands do what it says, %s', async () => {
  const { stdout } = await runGuide({ MILLRACE_TOKEN: TOKEN });
  expect(stdout.match(/"status":"finished"/g)).toHaveLength(2);
  expect(stdout).toMatch(/"kind":\{"type":"Categorical"/);
  expect(stdout).toMatch(/\{ Accuracy: (0\.9|1)/);
  expect(stdout).toContain('large');
});

it.runIf(canRun)('a refusal is told and ends it', async () => {
  await expect(runGuide({ MILLRACE_TOKEN: '' })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Millrace refused or is not running: \{"detail":/) as string,
  });
});

it.runIf(canRun)('the README’s first commands work as they stand there', async () => {
  const block = /## A first run by hand.*?```\n(.*?)```/s.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
  const commands = block.replaceAll('http://localhost:8000', millrace.url).replaceAll('curl ', `curl -sSf -H "authorization: Bearer ${TOKEN}" `); // prettier-ignore
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands], { cwd: folder });
  expect(stdout).toContain('"name":"kinds"');
});
