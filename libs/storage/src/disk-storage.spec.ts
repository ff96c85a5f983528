import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, link, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DiskStorage, newToken, ScratchStorage, scratchPath, tableKey } from './index.js';

let root: string;
let storage: DiskStorage;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'storage-'));
  storage = new DiskStorage(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('disk storage', () => {
  it('writes a stream with its length and SHA-256', async () => {
    const stored = await storage.write('uploads/a', Readable.from([Buffer.from('hello '), Buffer.from('world')]));
    expect(stored).toEqual({ sizeBytes: 11, sha256: createHash('sha256').update('hello world').digest('hex') });
    expect(await readFile(await storage.materialise('uploads/a'), 'utf8')).toBe('hello world');
  });

  it('leaves nothing behind when the source breaks or grows too large', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('x');
        throw new Error('torn');
      })(),
    );
    await expect(storage.write('uploads/b', broken)).rejects.toThrow('torn');
    await expect(storage.write('uploads/b', Readable.from([Buffer.alloc(11)]), 10)).rejects.toMatchObject({
      code: 'upload-too-large',
    });
    expect(await storage.exists('uploads/b')).toBe(false);
    expect(await storage.list('partial')).toEqual([]);
  });

  it('leaves nothing behind when the source breaks at once, however often', async () => {
    const breaks = async (n: number): Promise<void> => {
      const source = new Readable({ read: () => undefined });
      const written = storage.write(`uploads/${n}`, source);
      setImmediate(() => source.destroy(new Error('gone')));
      await expect(written).rejects.toThrow();
    };
    await Promise.all(Array.from({ length: 200 }, (_, n) => breaks(n)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await storage.list('partial')).toEqual([]);
  });

  it('publishes a staged folder in one step and replaces the old one', async () => {
    for (const text of ['one', 'two']) {
      const folder = await storage.stage('tables/t');
      await writeFile(join(folder.path, 'f'), text);
      await folder.publish();
    }
    expect(await readFile(join(await storage.materialise('tables/t'), 'f'), 'utf8')).toBe('two');
    expect(await storage.list('partial')).toEqual([]);
  });

  it('removes with a key what killed writers left half-made of it, and old leavings of any', async () => {
    const [mine, other] = [await storage.stage('runs/1/a'), await storage.stage('runs/12/a')];
    await writeFile(join(root, 'partial', 'engine-of-a-process'), '');
    await storage.remove('runs/1');
    await expect(access(mine.path)).rejects.toThrow('ENOENT');
    await access(other.path);
    await utimes(other.path, 0, 0);
    const young = await storage.stage('runs/12/b');
    expect(await storage.sweep(60_000)).toBe(1);
    expect((await storage.list('partial')).sort()).toEqual(['engine-of-a-process', basename(young.path)].sort());
  });

  it('calls a folder idle when nothing in it changed either', async () => {
    for (const name of ['old', 'written']) {
      const folder = await storage.stage(`tables/${name}`);
      await writeFile(join(folder.path, 'rows'), 'x');
      await folder.publish();
      if (name === 'old') await utimes(join(root, 'tables', name, 'rows'), 0, 0);
      await utimes(join(root, 'tables', name), 0, 0);
    }
    expect(await storage.listIdle('tables', 60_000)).toEqual(['old']);
    expect(await storage.listIdle('nothing', 0)).toEqual([]);
  });

  it('adopts what another program made, as its own and plain', async () => {
    const made = join(root, 'scratch');
    await mkdir(join(made, 'inner'), { recursive: true });
    await writeFile(join(made, 'inner', 'f'), 'x', { mode: 0o600 });
    await chmod(join(made, 'inner'), 0o777);
    await storage.adopt(made, 'tables/t');
    const folder = await storage.materialise('tables/t');
    expect(await readFile(join(folder, 'inner', 'f'), 'utf8')).toBe('x');
    expect((await stat(join(folder, 'inner'))).mode & 0o777).toBe(0o755);
    expect((await stat(join(folder, 'inner', 'f'))).mode & 0o777).toBe(0o644);
    await expect(storage.adopt(made, 'tables/u')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each<[string, (made: string) => Promise<unknown>]>([
    ['a link', (made) => symlink('/etc/passwd', join(made, 'a'))],
    ['a link to a folder', (made) => symlink('/etc', join(made, 'a'))],
    ['a file of two names', (made) => link(join(root, 'theirs'), join(made, 'a'))],
    ['a pipe', (made) => Promise.resolve(execFileSync('mkfifo', [join(made, 'a')]))],
  ])('adopts nothing with %s in it', async (_, make) => {
    await writeFile(join(root, 'theirs'), 'secret');
    const made = join(root, 'scratch');
    await mkdir(made);
    await make(made);
    await expect(storage.adopt(made, 'tables/t')).rejects.toThrow();
    expect(await storage.exists('tables/t')).toBe(false);
    expect(await storage.list('partial')).toEqual([]);
    expect(await readFile(join(root, 'theirs'), 'utf8')).toBe('secret');
  });

  it('adopts nothing in place of what is there', async () => {
    await storage.write('tables/t', Readable.from(['first']));
    await writeFile(join(root, 'scratch'), 'second');
    await expect(storage.adopt(join(root, 'scratch'), 'tables/t')).rejects.toThrow('already');
    expect(await readFile(await storage.materialise('tables/t'), 'utf8')).toBe('first');
  });

  it('follows a link for its folders and for nothing in them', async () => {
    const other = join(root, 'other-disk');
    await mkdir(join(other, 'real'), { recursive: true });
    await writeFile(join(other, 'real', 'f'), 'rows');
    await symlink(other, join(root, 'linked'));
    expect(await readFile(await storage.materialise('linked/real/f'), 'utf8')).toBe('rows');
    await symlink(join(other, 'real'), join(other, 'link'));
    for (const key of ['linked/link', 'linked/link/f']) {
      await expect(storage.materialise(key)).rejects.toMatchObject({ code: 'path-token-invalid' });
      await expect(storage.read(key)).rejects.toMatchObject({ code: 'path-token-invalid' });
    }
  });

  it.each(['..', '../x', 'a/../../x', '/etc/passwd', 'a//b', 'a\\b', 'a\0b', '%2e%2e', '.hidden', ''])(
    'refuses the key %j',
    async (key) => {
      await expect(storage.exists(key).then(() => storage.remove(key))).rejects.toMatchObject({
        code: 'path-token-invalid',
      });
    },
  );
});

describe('scratch storage', () => {
  it('reads what is there and writes beside it, until somebody takes it in', async () => {
    const folder = join(root, 'partial', 'engine-1');
    await mkdir(folder, { recursive: true });
    const scratch = new ScratchStorage(storage, folder);
    await storage.write('runs/1/old', Readable.from(['old']));
    await scratch.write('runs/1/new', Readable.from(['new']));
    const staged = await scratch.stage('tables/t');
    await writeFile(join(staged.path, 'f'), 'rows');
    await staged.publish();
    for (const name of ['old', 'new']) {
      expect(await readFile(await scratch.materialise(`runs/1/${name}`), 'utf8')).toBe(name);
      expect(await text(await scratch.read(`runs/1/${name}`))).toBe(name);
      expect(await scratch.exists(`runs/1/${name}`)).toBe(true);
    }
    expect(await scratch.exists('runs/1/none')).toBe(false);
    expect([await storage.exists('runs/1/new'), await storage.exists('tables/t')]).toEqual([false, false]);
    for (const key of ['runs/1/new', 'tables/t']) await storage.adopt(scratchPath(folder, key), key);
    expect(await readFile(join(await storage.materialise('tables/t'), 'f'), 'utf8')).toBe('rows');
    expect(await readFile(await storage.materialise('runs/1/new'), 'utf8')).toBe('new');
  });
});

describe('path tokens', () => {
  it('name a table', () => {
    const token = newToken('dataset');
    expect(tableKey(token)).toBe(`tables/${token}`);
  });

  it.each([
    '',
    '/etc/passwd',
    'dataset-..',
    'dataset-1',
    `${newToken('dataset')}/..`,
    ` ${newToken('dataset')}`,
    `user-${newToken('rows').slice(5)}`,
  ])('refuse %j', (token) => {
    expect(() => tableKey(token)).toThrow(expect.objectContaining({ code: 'path-token-invalid' }));
  });
});
