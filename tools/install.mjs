import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, runCommand } from './run.mjs';

/** Runs `npm ci` unless node_modules holds what package-lock.json asks for. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Millrace: installing its packages (npm ci), a few minutes the first time ...');
  const npm = process.env.npm_execpath;
  // Types and bundler are development dependencies, and needed whatever NODE_ENV says.
  // Some packages ask for a newer Node than they need; the tests run on the oldest we promise, and npm's alarm helps nobody.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm && npm.endsWith('.js')) await runCommand(process.execPath, [npm, ...args], { quiet: true });
  else await runCommand('npm', args, { quiet: true, shell: process.platform === 'win32' });
}

/**
 * npm writes node_modules/.package-lock.json when it is done, so an installation that was broken off has none. Optional
 * packages are those of other platforms.
 */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const found = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, peer }]) => {
    if (path === '' || !path.startsWith('node_modules/')) return true;
    const there = found[path];
    if (!there) return optional === true || peer === true;
    return there.version === version && (!integrity || !there.integrity || there.integrity === integrity);
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
