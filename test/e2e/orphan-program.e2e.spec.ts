import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { childEnvironment } from '#config';
import { freePort } from '#embedded';

const root = join(import.meta.dirname, '..', '..');
const sockets = new Set<Socket>();
let home = '';
let silent: Server;
let program: ChildProcess | undefined;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'millrace-orphan-e2e-'));
  silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  program?.kill('SIGKILL');
  for (const socket of sockets) socket.destroy();
  silent.close();
  rmSync(home, { recursive: true, force: true });
});

test.each(['api', 'worker'])(
  'the %s whose launcher goes while it still waits for the database goes too',
  async (name) => {
    const { port } = silent.address() as AddressInfo;
    const settings = {
      MILLRACE_HOME: home,
      MILLRACE_PORT: `${await freePort()}`,
      DATABASE_URL: `postgres://millrace@127.0.0.1:${port}/millrace`,
      REDIS_URL: '',
    };
    program = fork(join(root, 'dist', 'apps', name, 'src', 'main.js'), {
      env: childEnvironment(settings),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await once(silent, 'connection');
    const ended = once(program, 'exit');
    program.disconnect();
    expect((await ended)[0]).toBe(1);
  },
);
