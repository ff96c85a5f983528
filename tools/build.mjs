import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { root, run } from './run.mjs';

const stampFile = join(root, 'dist', '.built.json');
const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const serverFolders = ['apps/api', 'apps/worker', 'apps/standalone', 'libs'];
const webFolders = ['apps/web', 'libs/contract', 'libs/client', 'libs/i18n'];

/** The two halves of the build; a half whose sources hash to what it was built from is skipped. */
const halves = {
  server: {
    hash: () => hashOf(serverFolders),
    build: async () => {
      await run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json'], { quiet: true });
      copyAssets();
      removeStale();
    },
  },
  web: {
    hash: () => (existsSync(join(root, 'apps/web/index.html')) ? hashOf(webFolders) : undefined),
    build: () =>
      run(
        'node_modules/vite/bin/vite.js',
        ['build', 'apps/web', '--outDir', join(root, 'dist/apps/web'), '--emptyOutDir', '--logLevel', 'warn'],
        { quiet: true },
      ),
  },
};

/** Brings `dist` up to date with the sources; says so only when there is something to do. */
export async function ensureBuilt() {
  const built = readStamp();
  const due = Object.entries(halves).flatMap(([name, { hash, build }]) => {
    const wanted = hash();
    return wanted === undefined || built[name] === wanted ? [] : [{ name, wanted, build }];
  });
  if (due.length === 0) return;
  console.error(`Millrace: building (${due.map(({ name }) => name).join(', ')}), a minute or two ...`);
  mkdirSync(dirname(stampFile), { recursive: true });
  const results = await Promise.allSettled(
    due.map(async ({ name, wanted, build }) => {
      // While a half is being built its output is of no known sources.
      writeStamp({ [name]: '' });
      await build();
      writeStamp({ [name]: wanted });
    }),
  );
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** Files below these folders that matter: contents, not dates, which a clone sets anew. */
function hashOf(folders) {
  const hash = createHash('sha256');
  for (const file of [...settings, ...folders.flatMap(filesBelow)])
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function filesBelow(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(spec\.tsx?|md)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** What the programs read beside their code: everything below `src` that the compiler leaves alone. */
function copyAssets() {
  for (const file of serverFolders.flatMap(filesBelow)) {
    if (!/^[^/\\]+[/\\][^/\\]+[/\\]src[/\\]/.test(file) || /\.tsx?$/.test(file)) continue;
    const target = join(root, 'dist', file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, file), target);
  }
}

/** Compiled files whose source is gone: the registry of components must not find what was removed. */
function removeStale() {
  for (const file of serverFolders.map((folder) => join('dist', folder)).flatMap(filesBelow)) {
    const source = relative('dist', file).replace(/(\.d)?\.js(\.map)?$/, '');
    const kept = ['', '.ts', '.tsx'].some((extension) => existsSync(join(root, source + extension)));
    if (!kept) rmSync(join(root, file));
  }
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(part) {
  writeFileSync(stampFile, JSON.stringify({ ...readStamp(), ...part }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureBuilt().catch((error) => {
    console.error(error.name === 'CommandFailed' ? error.message : error);
    process.exitCode = 1;
  });
}
