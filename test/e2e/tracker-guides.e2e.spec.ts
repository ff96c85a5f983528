import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { decodeTree } from '#matyan';
import { Run } from '#sdk';
import { type RunningMillrace, startMillrace } from '#testing';

import { hasPrograms } from './programs.js';

const run = promisify(execFile);
let millrace: RunningMillrace;
let folder: string;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', workers: 1 });
  folder = await mkdtemp(join(tmpdir(), 'millrace-guides-'));
});
afterAll(async () => {
  await millrace.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * Every command of a page as it stands there, in one shell, against this server. A `curl` that is not answered with success ends it.
 * @returns what they printed, and how many of them the page has and how many ran at least once.
 */
async function runPage(name: string): Promise<{ output: string; written: number; ran: number }> {
  const page = await readFile(`docs/guides/${name}.md`, 'utf8');
  const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1]!).join('\n');
  const log = join(folder, `${name}.log`);
  // In place of the program: the line that called it is noted, and a refusal is a failure.
  const curl = `curl() { command curl --fail-with-body -sS "$@" && echo "\${BASH_LINENO[0]}" >> '${log}'; }`;
  // What the package's command is, without a registry.
  const npx = `npx() { node '${resolve('dist/libs/sdk/src/swanlab/import-command.js')}' "\${@:4}"; }`;
  const script = commands.replaceAll(/http:\/\/(?:127\.0\.0\.1|localhost):8000/g, millrace.url);
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', `${curl}\n${npx}\n${script}`], {
    cwd: folder,
    timeout: 60_000,
  });
  const ran = new Set((await readFile(log, 'utf8')).trimEnd().split('\n')).size;
  return { output: stdout, written: page.match(/\bcurl -|\bcurl \$|\bcurl http/g)!.length, ran };
}

describe.runIf(hasPrograms('bash', 'curl', 'tar'))('the commands of the page about', () => {
  // First: on a fresh server the runs it imports have the numbers the page names.
  it('SwanLab import a folder, read it, pin a chart and stop a run', async () => {
    await run('tar', ['xzf', resolve('test/compat/swanlab/recorded/swanlog.tar.gz')], { cwd: folder });
    const { output, written, ran } = await runPage('swanlab');
    expect([written, ran]).toEqual([10, 10]);
    expect(output.match(/^imported \d+ run-\S+ \S+$/gm)).toHaveLength(3);
    expect(output).toMatch(/"status":"finished".*"created":false.*"skipped":\[\]/);
    const answers = output.split(/(?=\{"code":)/).slice(1);
    expect(answers).toHaveLength(8);
    for (const answer of answers) expect(answer).toMatch(/^\{"code":0,"message":"success"/);
    expect(answers[2]).toMatch(/"list":\[\{"index":/);
  });

  it('tracked runs log one and end it', async () => {
    const { output, written, ran } = await runPage('track-runs');
    expect([written, ran]).toEqual([4, 4]);
    expect(output).toMatch(/"name":"loss".*"count":3.*"nonfinite":1/s);
    expect(output).toMatch(/"name":"baseline".*"status":"completed"/s);
  });

  it('the query language find a run, and decode', async () => {
    const logged = new Run({ repo: millrace.url, captureTerminalLogs: false });
    logged.set('hparams', { lr: 0.001 });
    logged.addTag('best');
    await logged.close();
    const { written, ran } = await runPage('matyanql');
    expect([written, ran]).toEqual([1, 1]);
    const found = decodeTree(await readFile(join(folder, 'found.bin'))) as Record<string, unknown>;
    expect(Object.keys(found).filter((key) => !key.startsWith('progress'))).toEqual([logged.hash]);
  });
});

it('no guide of a tracker has a command outside of what is run', async () => {
  // ML-Dash's and matyan's are those of their own clients, run by `npm run compat:ml-dash` and `compat:matyan`.
  for (const name of ['ml-dash', 'matyan', 'track-from-node'])
    expect(await readFile(`docs/guides/${name}.md`, 'utf8')).not.toMatch(/\bcurl\b/);
});
