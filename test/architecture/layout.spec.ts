import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { layers } from '../../tools/layers.mjs';

const projects = ['apps', 'libs'].flatMap((root) => readdirSync(root).map((name) => `${root}/${name}`));

describe('the layout', () => {
  it('every project stands in the import law, and every law has its project', () => {
    expect(Object.keys(layers).sort()).toEqual(projects.sort());
  });

  it('every lib has its one door', () => {
    expect(projects.filter((project) => project.startsWith('libs/') && !existsSync(`${project}/src/index.ts`))).toEqual(
      [],
    );
  });

  it('the law on the page names every project', () => {
    const page = readFileSync('docs/architecture.md', 'utf8');
    expect(projects.filter((project) => !page.includes(`\`${project}\``))).toEqual([]);
  });

  it('the law on the page is the law of the tool', () => {
    const rows = readFileSync('docs/architecture.md', 'utf8').matchAll(
      /^\| `((?:apps|libs)\/\w+)` \|.*\| ([^|]*) \|$/gm,
    );
    const page = [...rows].map(([, project, imports]) => [project!, imports!.split(', ').sort()] as const);
    const tool = Object.entries(layers).map(([project, allowed]) => {
      const names = allowed.map((name) => name.replace('libs/', ''));
      return [project, names.length === 0 ? ['nothing'] : names.sort()] as const;
    });
    // The page says it in words: anything.
    const told = (law: readonly (readonly [string, string[]])[]) =>
      Object.fromEntries(law.filter(([project]) => project !== 'libs/testing'));
    expect(told(page)).toEqual(told(tool));
  });
});

const BANNED = /(^|-)(utils?|helpers?|common|misc|shared|manager|impl)(-|\.|$)/;

describe('names', () => {
  it('no file or folder has a name that says nothing', () => {
    const names = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        return [...(BANNED.test(entry.name) ? [path] : []), ...(entry.isDirectory() ? names(path) : [])];
      });
    expect(projects.flatMap((project) => names(project))).toEqual([]);
  });
});

describe('documents', () => {
  const pages = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory()
        ? pages(join(folder, entry.name))
        : entry.name.endsWith('.md')
          ? [join(folder, entry.name)]
          : [],
    );

  it('no link or path in a document leads nowhere', () => {
    const dead = ['README.md', 'CONTRIBUTING.md', ...pages('docs')].flatMap((page) => {
      const text = readFileSync(page, 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => join(dirname(page), match[1]!));
      const paths = [...text.matchAll(/`((?:docs|libs|apps|tools|test|bench)\/[\w./-]+\.(?:md|ts|mjs|py))`/g)].map(
        (match) => match[1]!,
      );
      return [...links, ...paths].filter((path) => !existsSync(path)).map((path) => `${page}: ${path}`);
    });
    expect(dead).toEqual([]);
  });

  it('the README stays short', () => {
    expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(150);
  });
});
