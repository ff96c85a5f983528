import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { freePort } from '#embedded';

/** A file of a package: its name and contents, or with `link` where a link of that name leads. */
export interface PackageFile {
  readonly name: string;
  readonly content?: string;
  readonly link?: string;
}

/** What `npm pack` would make of these files. */
export function packed(files: readonly PackageFile[]): Buffer {
  const blocks = files.flatMap(({ name, content = '', link }) => {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(`package/${name}`, 0, 100);
    header.write('000644 \0', 100);
    header.write(`${body.length.toString(8).padStart(11, '0')} `, 124);
    header.write('        ', 148);
    header.write(link === undefined ? '0' : '2', 156);
    header.write(link ?? '', 157, 100);
    header.write('ustar\u000000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** The files of a plugin made for a test. */
export function pluginFiles(
  { name, version = '1.0.0', ...more }: { name: string; version?: string; [key: string]: unknown },
  components: string,
): PackageFile[] {
  const about = { name, version, type: 'module', millrace: { api: 1, components: 'components.js' }, ...more };
  return [
    { name: 'package.json', content: JSON.stringify(about) },
    { name: 'components.js', content: components },
  ];
}

/** The files of a folder, without those below it. */
export const folderFiles = (folder: string): PackageFile[] =>
  readdirSync(folder).map((name) => ({ name, content: readFileSync(join(folder, name), 'utf8') }));

/** A registry as npm's, on this machine alone. */
export interface FakeRegistry {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** Offers a version as the newest; `promised` are the bytes its hash is taken of, when they are to be others. */
  publish(name: string, version: string, tgz: Buffer, options?: { promised?: Buffer; tarball?: string }): void;
  /** Every answer from now on has this status. */
  fail(status: number | undefined): void;
  close(): Promise<void>;
}

/** Starts an empty registry. */
export async function fakeRegistry(): Promise<FakeRegistry> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const packages = new Map<string, { version: string; tgz: Buffer; dist: object }>();
  const asked: string[] = [];
  let failing: number | undefined;
  const answer = (path: string): Buffer | object | undefined => {
    if (path.startsWith('/-/v1/search')) {
      const objects = [...packages].map(([name, { version }]) => ({
        package: {
          name,
          version,
          description: `About ${name}`,
          keywords: ['millrace-plugin', 'metric'],
          publisher: { username: 'somebody' },
        },
      }));
      return { objects: [...objects, { package: { name: 'unrelated', version: '1.0.0', keywords: [] } }] };
    }
    const tarball = /^\/tarballs\/(.+)\.tgz$/.exec(path)?.[1];
    if (tarball !== undefined) return packages.get(decodeURIComponent(tarball))?.tgz;
    const name = decodeURIComponent(path.slice(1));
    const found = packages.get(name);
    return (
      found && {
        name,
        'dist-tags': { latest: found.version },
        versions: { [found.version]: { name, version: found.version, dist: found.dist } },
      }
    );
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const found = failing === undefined ? answer(request.url ?? '') : undefined;
    response.statusCode = failing ?? (found === undefined ? 404 : 200);
    response.end(found === undefined ? '{}' : Buffer.isBuffer(found) ? found : JSON.stringify(found));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url,
    asked,
    publish: (name, version, tgz, { promised = tgz, tarball } = {}) => {
      const integrity = `sha512-${createHash('sha512').update(promised).digest('base64')}`;
      const at = tarball ?? `${url}/tarballs/${encodeURIComponent(name)}.tgz`;
      packages.set(name, { version, tgz, dist: { tarball: at, integrity } });
    },
    fail: (status) => (failing = status),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
