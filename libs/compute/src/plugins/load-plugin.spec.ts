import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { afterAll, describe, expect, it } from 'vitest';

import { manifestOf } from '#components';
import { DiskStorage } from '#storage';

import { loadPlugin } from './load-plugin.js';
import { readPackage } from './read-package.js';

const root = mkdtempSync(join(tmpdir(), 'millrace-plugins-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const storage = new DiskStorage(root);

interface Entry {
  readonly name: string;
  readonly content?: string;
  readonly type?: string;
}
const entry = ({ name, content = '', type = '0' }: Entry): Buffer => {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0, 100);
  header.write(body.length.toString(8).padStart(11, '0'), 124);
  header.write(type, 156);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
};
const tgz = (...entries: Entry[]): Buffer => gzipSync(Buffer.concat([...entries.map(entry), Buffer.alloc(1024)]));
const example = 'examples/millrace-plugin-max-error';
const exampleEntries = readdirSync(example).map((name) => ({
  name: `package/${name}`,
  content: readFileSync(join(example, name), 'utf8'),
}));

let packages = 0;
const load = async (bytes: Buffer, change: object = {}) => {
  const packageKey = `plugins/${++packages}.tgz`;
  await storage.write(packageKey, Readable.from([bytes]));
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const plugin = { name: 'millrace-plugin-max-error', version: '1.0.0', packageKey, integrity, ...change };
  return loadPlugin(plugin, storage, join(root, 'unpacked'));
};

describe('the example plugin', () => {
  it('brings a metric that works and describes itself in five languages', async () => {
    const { components, summary, description, author } = await load(tgz(...exampleEntries));
    expect({ summary, author }).toEqual({
      summary: 'A metric: how far off the worst prediction is.',
      author: 'Millrace',
    });
    expect(description).toContain('# Max error');
    const [metric] = components;
    expect(manifestOf(metric!)).toMatchObject({ name: 'MaxError', type: 'Metric', compatible: ['RegressionTask'] });
    if (metric?.kind !== 'regression-metric') throw new Error('no metric');
    expect(metric.score(Float64Array.of(1, 2, 3), Float64Array.of(1, 4, 2))).toBe(2);
    expect(() => metric.score(new Float64Array(), new Float64Array())).toThrow(/no-rows/);
  });

  it('is refused with one byte changed', async () => {
    const integrity = `sha512-${'A'.repeat(86)}==`;
    await expect(load(tgz(...exampleEntries), { integrity })).rejects.toMatchObject({ code: 'plugin-package-wrong' });
  });

  it('is refused under another name or version', async () => {
    for (const change of [{ name: 'other' }, { version: '1.0.1' }])
      await expect(load(tgz(...exampleEntries), change)).rejects.toMatchObject({ code: 'plugin-invalid' });
  });
});

describe('archives', () => {
  it('are read with long names, without folders', () => {
    const long = `package/${'a/'.repeat(60)}b.txt`;
    const record = ` path=${long}\n`;
    const pax = `${record.length + 3}${record}`;
    const files = readPackage(
      tgz(
        { name: 'package/', type: '5' },
        { name: 'x', type: 'x', content: pax },
        { name: 'short', content: 'one' },
        { name: 'package/two', content: '2' },
      ),
    );
    expect([...files.keys()]).toEqual([long.slice('package/'.length), 'two']);
  });

  it.each<[string, Buffer]>([
    ['nothing', tgz()],
    ['no gzip', Buffer.from('hello')],
    ['a symbolic link', tgz({ name: 'package/a', type: '2' })],
    ['a hard link', tgz({ name: 'package/a', type: '1' })],
    ['a device', tgz({ name: 'package/a', type: '3' })],
    ['a way out', tgz({ name: 'package/../../a' })],
    ['an absolute path', tgz({ name: '/etc/a' })],
    ['a file beside the folder', tgz({ name: 'a' })],
    ['a backslash', tgz({ name: 'package/..\\a' })],
    ['a name twice', tgz({ name: 'package/a' }, { name: 'package/a' })],
    ['an add-on', tgz({ name: 'package/a.NODE' })],
    ['a cut', gzipSync(entry({ name: 'package/a', content: 'x'.repeat(900) }).subarray(0, 800))],
    ['a bomb', gzipSync(Buffer.alloc(65 * 1024 ** 2))],
  ])('with %s are refused', (_, bytes) => {
    expect(() => readPackage(bytes)).toThrow(expect.objectContaining({ name: 'PackageError' }) as Error);
  });
});
