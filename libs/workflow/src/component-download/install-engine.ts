import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { environmentWithoutSecrets, llamaEngine, type Logger } from '#config';
import { AppError } from '#contract';

import type { Ports } from '../ports.js';

/** Its package list and lock, which pins every package by its hash. */
const LOCK = fileURLToPath(new URL('./engine/', import.meta.url));
/** Nothing of these is needed to run models: the engine's sources, for machines that compile it themselves. */
const BAGGAGE = ['node-llama-cpp/llama/gitRelease.bundle'];
const TOLD_CHARACTERS = 300;

/**
 * Installs the engine for GGUF models unless it is there: exactly the locked packages, without running any of their scripts, the
 * binaries of this platform alone. The folder appears whole or not at all.
 * @throws AppError `engine-failed` {reason}; the signal's reason once it is aborted.
 */
export async function installEngine({ config }: Ports, log: Logger, signal: AbortSignal): Promise<void> {
  const { folder, entry } = llamaEngine(config);
  if (config.textEngineModule !== undefined || (await exists(entry))) return;
  const staged = `${folder}~${randomUUID()}`;
  try {
    await mkdir(staged, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) await copyFile(join(LOCK, file), join(staged, file));
    await npmCi(staged, signal);
    await prune(join(staged, 'node_modules'));
    await rename(staged, folder).catch(async (error: unknown) => {
      // Another worker was faster.
      if (!(await exists(entry))) throw error;
    });
    log.info({ folder }, 'engine installed');
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AppError ? error : new AppError('engine-failed', { reason: String(error) });
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** Scripts are refused, so no package runs anything while it is installed. */
function npmCi(cwd: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--loglevel=error'];
    const child = spawn('npm', ['ci', ...options], {
      cwd,
      signal,
      env: environmentWithoutSecrets(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new AppError('engine-failed', { reason: `npm ci: ${lastWords(said) || `code ${code ?? '?'}`}` }));
    });
  });
}

const lastWords = (said: string): string =>
  said
    .split('\n')
    .filter((line) => line.startsWith('npm error') && !/complete log|npm help/.test(line))
    .map((line) => line.replace('npm error ', ''))
    .join(' ')
    .slice(0, TOLD_CHARACTERS);

async function prune(modules: string): Promise<void> {
  for (const path of BAGGAGE) await rm(join(modules, path), { force: true });
  const platforms = join(modules, '@node-llama-cpp');
  const own = `${process.platform}-${process.arch}`;
  const names = await readdir(platforms).catch((): string[] => []);
  if (!names.includes(own)) throw new AppError('engine-failed', { reason: `${own}: –` });
  for (const name of names) if (name !== own) await rm(join(platforms, name), { recursive: true });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
