// Writes docs/components/<Name>.md for every component from the compiled code: `node tools/generate-component-pages.mjs [dist]` after a build.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = resolve(process.argv[2] ?? 'dist');
const { componentPage, componentsPage, registry } = await import(
  pathToFileURL(`${dist}/libs/components/src/index.js`).href
);
const folder = new URL('../docs/components/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) rmSync(new URL(file, folder));
writeFileSync(new URL('README.md', folder), componentsPage(registry.all));
for (const component of registry.all) writeFileSync(new URL(`${component.name}.md`, folder), componentPage(component));
