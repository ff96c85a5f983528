import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { promisify } from 'node:util';

import { extract } from 'tar-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { importSwanlog } from '#sdk';

import { archive, ask, importArchive } from './dashboard.js';
import { plainExperiment } from './plain.js';

const run = promisify(execFile);
const server = (): string => process.env['MILLRACE_COMPAT_URL']!;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'millrace-swanlog-'));
  const tar = extract();
  Readable.from([archive]).pipe(createGunzip()).pipe(tar);
  for await (const entry of tar) {
    const path = join(home, entry.header.name);
    mkdirSync(join(path, '..'), { recursive: true });
    if (entry.header.type === 'file') await pipeline(entry, createWriteStream(path));
    else entry.resume();
  }
});
afterAll(() => rm(home, { recursive: true, force: true }));

const experiments = async (project: string) =>
  (await ask(project, 'GET', '/project')).answer.data.experiments.map(plainExperiment);

it('a folder becomes what its archive becomes; again it brings the same runs up to date', async () => {
  const folder = join(home, 'swanlog');
  const first = await importSwanlog(folder, { dashUrl: server(), project: 'by folder' });
  expect(first.runs.map(({ created }) => created)).toEqual([true, true, true]);
  expect(first.skipped).toEqual([]);
  await importArchive(archive, 'by archive');
  expect(await experiments('by folder')).toEqual(await experiments('by archive'));
  const again = await importSwanlog(home, { dashUrl: server(), project: 'by folder' });
  expect(again.runs).toEqual(first.runs.map((one) => ({ ...one, created: false })));
});

it('runs that were imported began when their folder says, in every language', async () => {
  const { runs } = await importSwanlog(join(home, 'swanlog'), { dashUrl: server(), project: 'began' });
  for (const { id } of runs) {
    const { create_time: began } = (await ask('began', 'GET', `/experiment/${id}`)).answer.data;
    const own = (await (await fetch(`${server()}/api/v1/tracked-run/${id}`)).json()) as Record<string, string | null>;
    expect(Date.parse(own['started_at']!)).toBe(Date.parse(began));
    expect(own['ended_at'] === null || own['ended_at']! >= own['started_at']!).toBe(true);
  }
});

it('the command does the same, and says so', async () => {
  const command = 'dist/libs/sdk/src/swanlab/import-command.js';
  const given = [command, join(home, 'swanlog'), '--server', server(), '--project', 'by command'];
  const { stdout } = await run(process.execPath, given);
  expect(stdout.trimEnd().split('\n')).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^imported \d+ run-/) as string)); // prettier-ignore
  expect((await run(process.execPath, given)).stdout).toMatch(/^updated {2}\d+ run-/);
  expect(await experiments('by command')).toEqual(await experiments('by folder'));
});
