import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve('.');
const packed = (name: string): string => join(root, 'dist', 'packages', name);

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly imports: Record<string, string>;
  readonly version: string;
}
const manifestOf = async (name: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(packed(name), 'package.json'), 'utf8')) as Manifest;

let app: string;

/** Packs, and installs the tarballs into an empty folder; what they need comes from our own packages, no registry is asked. */
beforeAll(async () => {
  await run(process.execPath, ['tools/pack.mjs'], { cwd: root });
  app = await realpath(await mkdtemp(join(tmpdir(), 'millrace-packages-')));
  const tarballs: Record<string, string> = {};
  const needed: Record<string, string> = {};
  for (const name of ['client', 'sdk']) {
    const { stdout } = await run('npm', ['pack', '--silent', packed(name)], { cwd: app });
    tarballs[`@millrace/${name}`] = `file:${stdout.trim()}`;
    for (const dependency of Object.keys((await manifestOf(name)).dependencies))
      if (!dependency.startsWith('@millrace/')) needed[dependency] = `file:${join(root, 'node_modules', dependency)}`;
  }
  const manifest = { name: 'app', private: true, type: 'module', dependencies: { ...tarballs, ...needed } };
  await writeFile(join(app, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: app });
  // Two compilations, which take their time on a busy machine.
}, 600_000);
afterAll(() => rm(app, { recursive: true, force: true }));

/** Checks a program as its author's compiler would, and runs it. */
async function checkedRun(name: string, program: string, env: Record<string, string> = {}): Promise<string> {
  const folder = join(app, name);
  await mkdir(folder);
  await writeFile(join(folder, 'main.ts'), program);
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    strict: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
    outDir: 'out',
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
  const compiled = run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    cwd: folder,
  });
  await compiled.catch((error: unknown) => expect.fail((error as { stdout?: string }).stdout ?? String(error)));
  const { stdout } = await run(process.execPath, [join(folder, 'out', 'main.js')], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return stdout;
}

describe('the packages', () => {
  it('hold what they need and nothing else', async () => {
    const client = await manifestOf('client');
    expect(client.dependencies).toEqual({ zod: expect.any(String) as string });
    expect(client.imports).toEqual({ '#contract': './contract/index.js' });
    expect((await readdir(packed('client'))).sort()).toEqual([
      'LICENSE',
      'README.md',
      'client',
      'contract',
      'package.json',
    ]);
    const sdk = await manifestOf('sdk');
    expect(Object.keys(sdk.dependencies).sort()).toEqual(['@millrace/client', 'tar-stream', 'ws']);
    expect(sdk.imports).toEqual({ '#matyan': './matyan/index.js', '#client': '@millrace/client' });
    for (const name of ['client', 'sdk']) {
      const files = await readdir(packed(name), { recursive: true });
      expect(files.filter((file) => /\.(spec|fixture)\.|(?<!\.d)\.ts$|\.map$/.test(file))).toEqual([]);
    }
  });
});

describe('@millrace/client', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, answer) => {
      answer.writeHead(request.url === '/api/v1/dataset/7' ? 404 : 200, { 'content-type': 'application/json' });
      answer.end(
        request.url === '/api/v1/dataset/7'
          ? '{"detail":"Kein Datensatz","code":"dataset-not-found","values":{}}'
          : '[]',
      );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => server.close());

  it('types and runs in Node', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const program = `
      import { createClient, HttpError } from '@millrace/client';
      const client = createClient({ baseUrl: process.argv[2] ?? '${url}' });
      const sets: { id: number; name: string }[] = await client.dataset.list();
      // @ts-expect-error a data set has a name
      void client.dataset.create({ body: { title: 'x' } });
      const problem = await client.dataset.get({ params: { id: 7 } }).catch((error: unknown) => error);
      console.log(sets.length, problem instanceof HttpError && problem.code);
    `;
    expect(await checkedRun('node-client', program)).toBe('0 dataset-not-found\n');
  });

  it('bundles for browsers without a module of Node', async () => {
    const folder = join(app, 'browser');
    await mkdir(folder);
    const entry = join(folder, 'entry.js');
    await writeFile(
      entry,
      `import { createClient, waitForJob } from '@millrace/client';\nwindow.millrace = { createClient, waitForJob };\n`,
    );
    const told: string[] = [];
    await build({
      root: folder,
      logLevel: 'silent',
      configFile: false,
      build: {
        outDir: 'out',
        minify: false,
        rolldownOptions: {
          input: entry,
          onLog: (_level, { message }) => void told.push(message),
          output: { entryFileNames: 'bundle.js' },
        },
      },
    });
    const bundle = await readFile(join(folder, 'out', 'bundle.js'), 'utf8');
    expect(bundle).toContain('/dataset/');
    expect(bundle).not.toMatch(/["'`]node:|__vite-browser-external|\bprocess\.|\bBuffer\b/);
    expect(told).toEqual([]);
  });
});

describe('@millrace/sdk', () => {
  it('types and runs in Node, and dxp beside it', async () => {
    const program = `
      import { Experiment, Distribution, type FileEntry } from '@millrace/sdk';
      import { dxp } from '@millrace/sdk/auto-start';
      const exp = new Experiment('ann/digits/first', { echo: false });
      const saved: FileEntry = await exp.run(async (same) => {
        same.params.set({ lr: 0.1 });
        same.metrics('train').log({ loss: 1 }).log({ loss: 0.5 });
        same.metrics('train').buffer({ acc: 1 });
        same.metrics.buffer.logSummary('mean', 'p95', { epoch: 1 });
        // @ts-expect-error there is no such aggregation
        if (process.argv.length > 9) same.metrics.buffer.logSummary('average');
        return same.files('models').saveJson({ a: 1 }, 'a.json');
      });
      const wrapped = exp.run.wrap(async (same, start: number) => (await same.metrics('train').stats()).count + start);
      const count: number = await wrapped(10);
      dxp.metrics('m').log({ x: 1 });
      console.log(exp.run.status, saved.path, count, Distribution.fromSamples([1, 2]).binCount, dxp.name);
    `;
    expect(await checkedRun('node-sdk', program)).toBe('COMPLETED /models 13 64 dxp\n');
  });

  it('brings a command that says how it is called, and what was wrong', async () => {
    const command = join(app, 'node_modules', '.bin', 'millrace-import');
    expect((await run(command, ['--help'])).stdout).toMatch(/^millrace-import FOLDER/);
    await expect(run(command, [])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('FOLDER') as string,
    });
    const none = await run(command, [app]).catch((error: unknown) => error as { code: number; stderr: string });
    expect(none).toMatchObject({
      code: 1,
      stderr: `millrace-import: ${app} holds no runs.swanlab: name the folder that swanlab.init(mode="local") wrote\n`,
    });
  });
});
