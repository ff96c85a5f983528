import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { componentPage, componentsPage, createRegistry, registry } from '#components';

// @ts-expect-error A tool without types.
import * as generator from '../../tools/generate-registry.mjs';
import { componentChecks } from './component.checks.js';
import { runChecks } from './waivers.js';

const { componentFiles, definesComponent, kinds, registryIndex } = generator as {
  kinds: readonly string[];
  componentFiles: (kind: string) => string[];
  definesComponent: (file: string, text: string) => boolean;
  registryIndex: (kind: string) => string;
};

/** The page as it lies in the folder; empty when there is none. */
function page(name: string): string {
  const file = `docs/components/${name}.md`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

describe.each(registry.all.map((component) => [component.name, component] as const))('%s', (name, component) => {
  runChecks(
    {},
    componentChecks.map((check) => ({ name: check.name, run: () => check.run(component) })),
  );

  it('has a page in docs/components that says what it is now', () => {
    expect(page(name), 'npm run gen writes it').toBe(componentPage(component));
  });
});

it('the list of components is what it is now', () => {
  expect(page('README'), 'npm run gen writes it').toBe(componentsPage(registry.all));
});

it('there are no pages of components that are gone', () => {
  const pages = readdirSync('docs/components').filter((file) => file !== 'README.md');
  expect(pages.sort()).toEqual(registry.all.map(({ name }) => `${name}.md`).sort());
});

it.each(kinds.filter((kind) => existsSync(`libs/components/src/${kind}`)))(
  'the index of %s lists its folder',
  (kind) => {
    expect(readFileSync(`libs/components/src/${kind}/index.ts`, 'utf8'), 'npm run gen writes it').toBe(
      registryIndex(kind),
    );
  },
);

it('a component under another name than its file is refused, as it would be in no registry', () => {
  expect(definesComponent('max-error', 'export const maxError = defineRegressionMetric({')).toBe(true);
  expect(definesComponent('ranks', 'export const ranks = (n: number) => n;')).toBe(false);
  expect(() => definesComponent('max-error', 'export const maxerror = defineRegressionMetric({')).toThrow('maxError');
});

it('every component is registered under the name of its file', () => {
  const files = kinds.flatMap((kind) => componentFiles(kind)).map((file) => file.replaceAll('-', ''));
  expect(files.sort()).toEqual(registry.all.map(({ name }) => name.toLowerCase().replaceAll('_', '')).sort());
});

it('two components of one name are refused', () => {
  const [first] = registry.all;
  expect(() => createRegistry([first!, first!])).toThrow(first!.name);
});
