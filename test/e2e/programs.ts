import { existsSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

/**
 * Whether this machine has all programs a test needs beside Node.js, by name or path. Where it has not the test is to be left out, and
 * that is said; in CI, and where `MILLRACE_NO_SKIPS` is on as in `npm run accept`, nothing may be left out.
 */
export function hasPrograms(...names: readonly string[]): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missing = names.filter((name) => !folders.some((folder) => existsSync(resolve(folder, name))));
  if (missing.length === 0) return true;
  const sentence = `This machine lacks ${missing.join(', ')}`;
  if (process.env['CI'] || process.env['MILLRACE_NO_SKIPS'] === 'on')
    throw new Error(`${sentence}: install it, so that no test is left out.`);
  process.stderr.write(`${sentence}: the tests that need it are left out.\n`);
  return false;
}
