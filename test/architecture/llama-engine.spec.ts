import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { expect, it } from 'vitest';

import { llamaEngine } from '#config';

it('the folder of the engine is named by the version its lock installs', () => {
  const engine = 'libs/workflow/src/component-download/engine';
  const list = JSON.parse(readFileSync(`${engine}/package.json`, 'utf8')) as { dependencies: Record<string, string> };
  const lock = JSON.parse(readFileSync(`${engine}/package-lock.json`, 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const name = 'node-llama-cpp';
  expect(basename(llamaEngine({ home: '/home' }).folder)).toBe(`${name}-${list.dependencies[name]}`);
  expect(lock.packages[`node_modules/${name}`]?.version).toBe(list.dependencies[name]);
});
