import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from '../run.mjs';

const READY_MS = 120_000;

/**
 * Millrace as `npm start` runs it, on a home of its own, serving this front end, with these variables of the environment beside; answers
 * its address and how to stop it.
 */
export async function startHouse(webRoot, variables = {}) {
  const home = await mkdtemp(join(tmpdir(), 'millrace-dashai-web-'));
  const port = await freePort();
  const env = { ...process.env, MILLRACE_HOME: home, MILLRACE_PORT: `${port}`, WEB_ROOT: webRoot, ...variables };
  const program = spawn(process.execPath, [join(root, 'dist/apps/standalone/src/main.js')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const stop = async () => {
    program.kill('SIGTERM');
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  const end = Date.now() + READY_MS;
  while (!output.includes('Millrace is ready')) {
    if (program.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error(`Millrace did not start:\n${output.slice(-3000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url: `http://127.0.0.1:${port}`, log: () => output, stop };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
