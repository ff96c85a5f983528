/**
 * Everything that is generated and committed: `npm run gen`. CI runs it and fails when a file changes.
 * Order: what is compiled first, then what reads the compiled programs.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ensureBuilt } from './build.mjs';
import { root, run } from './run.mjs';

await run('tools/generate-registry.mjs', []);
await run('tools/build-kernels.mjs', []);
await ensureBuilt();
for (const generator of ['tools/generate-openapi.mjs', 'tools/generate-component-pages.mjs']) {
  if (existsSync(join(root, generator))) await run(generator, []);
}
