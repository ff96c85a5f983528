/** Writes docs/api/openapi.json from the compiled contract; run after a build. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { openApiDocument } from '../dist/apps/api/src/openapi/document.js';

const file = join(import.meta.dirname, '..', 'docs', 'api', 'openapi.json');
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
process.stdout.write(`${file}\n`);
