#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { importSwanlog } from './import-swanlog.js';

const USAGE = `millrace-import FOLDER [--server http://127.0.0.1:8000] [--project NAME]

Brings a log folder of SwanLab (swanlog), or a ZIP or tar.gz of one, to a Millrace server.
Where the server has a token: sign in with login({ dashUrl }), or set ML_DASH_TOKEN.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      server: { type: 'string', default: 'http://127.0.0.1:8000' },
      project: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (values.help || path === undefined || more.length > 0) {
    (values.help ? process.stdout : process.stderr).write(USAGE);
    return values.help ? 0 : 2;
  }
  const { runs, skipped } = await importSwanlog(path, {
    dashUrl: values.server,
    ...(values.project === undefined ? {} : { project: values.project }),
  });
  for (const { id, runId, name, created } of runs)
    process.stdout.write(`${created ? 'imported' : 'updated '} ${id} ${runId} ${name}\n`);
  for (const { directory, reason } of skipped) process.stdout.write(`left out ${directory}: ${reason}\n`);
  return 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`millrace-import: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
