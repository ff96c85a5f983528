import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

const run = promisify(execFile);
let millrace: RunningMillrace;
let folder: string;
let samples: string[];

/** The samples of the page, each run as it stands, in a folder where the compiled SDK is called as its package is. */
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', workers: 1 });
  folder = await mkdtemp(join(tmpdir(), 'millrace-guide-'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const page = await readFile('docs/guides/track-from-node.md', 'utf8');
  samples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1]!);
});
afterAll(async () => {
  await millrace.stop();
  await rm(folder, { recursive: true, force: true });
});

async function output(place: number): Promise<string> {
  const sdk = resolve('dist/libs/sdk/src/index.js');
  const source = samples[place]!.replaceAll("'@millrace/sdk'", JSON.stringify(sdk));
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const file = join(folder, `sample-${place}.mjs`);
  await writeFile(file, outputText);
  const env = { ...process.env, SERVER: millrace.url, ML_DASH_HOME: join(folder, 'home') };
  return (await run(process.execPath, [file], { cwd: folder, env })).stdout;
}

describe('the page about tracking from Node', () => {
  it('has three samples', () => {
    expect(samples).toHaveLength(3);
  });

  it('writes a folder', async () => {
    expect(await output(0)).toBe('[INFO] trained [epochs=3]\nCOMPLETED\n');
    const rows = await readFile(join(folder, '.dash/ann/digits/cnn/first/metrics/train/data.jsonl'), 'utf8');
    expect(rows.trimEnd().split('\n')).toHaveLength(3);
  });

  it('writes to a server', async () => {
    const [count, last] = (await output(1)).split(' ');
    expect(count).toBe('100');
    expect(last).toContain('{');
  });

  it("writes and reads in Aim's words", async () => {
    expect(await output(2)).toBe('0.01 1\n');
  });
});
