import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';

import { unpackSwanlog, type UnpackedSwanlog } from './unpack-swanlog.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'millrace-swanlog-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

type Files = Readonly<Record<string, Buffer>>;
const log = { 'swanlog/runs.swanlab': Buffer.from('db'), 'swanlog/run-1/logs/a/1.log': Buffer.from('one') };

function tarOf(files: Files): NodeJS.ReadableStream {
  const tar = pack();
  for (const [name, bytes] of Object.entries(files)) tar.entry({ name }, bytes);
  tar.finalize();
  return tar as unknown as NodeJS.ReadableStream;
}
const archives = {
  tar: tarOf,
  'tar.gz': (files: Files) => tarOf(files).pipe(createGzip()),
  zip(files: Files): NodeJS.ReadableStream {
    const zip = new ZipFile();
    for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name);
    zip.end();
    return zip.outputStream;
  },
};

describe.each(['tar', 'tar.gz', 'zip'] as const)('a %s', (kind) => {
  async function unpacked(files: Files, bounds: { entries: number; unpackedBytes: number }): Promise<UnpackedSwanlog> {
    const path = join(home, 'archive');
    await pipeline(archives[kind](files), createWriteStream(path));
    await mkdir(join(home, 'out'));
    return unpackSwanlog(path, join(home, 'out'), () => undefined, bounds);
  }

  it('is read while it stays within its bounds', async () => {
    const { runs } = await unpacked(log, { entries: 2, unpackedBytes: 8192 });
    expect([...runs.get('run-1')!.keys()]).toEqual(['logs/a/1.log']);
  });

  it('of too many files ends the import, whether an import reads them or not', async () => {
    const more = { ...log, 'swanlog/other': Buffer.from('x') };
    const refusal = { code: 'archive-too-many-files', values: { limit: 2 } };
    await expect(unpacked(more, { entries: 2, unpackedBytes: 1e6 })).rejects.toMatchObject(refusal);
  });

  it('that unpacks to too much ends the import, however small it is packed', async () => {
    const more = { ...log, 'swanlog/run-1/media/zeros': Buffer.alloc(1_000_000) };
    const refusal = { code: 'archive-too-large', values: { limitBytes: 900_000 } };
    await expect(unpacked(more, { entries: 9, unpackedBytes: 900_000 })).rejects.toMatchObject(refusal);
  });
});
