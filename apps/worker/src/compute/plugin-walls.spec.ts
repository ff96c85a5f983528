import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pluginWalls, type Walls } from './plugin-walls.js';

const UID = 47_321;
const dataDir = mkdtempSync(join(tmpdir(), 'millrace-walls-'));
let walls: Walls;
beforeAll(async () => {
  await chmod(dataDir, 0o755);
  walls = pluginWalls({ dataDir, pluginUid: UID });
  if (walls.lacking !== null) console.warn(`NOT ALL WALLS CAN BE BUILT HERE: ${walls.lacking}`);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** What a program behind the walls comes to, with Node's own rules off: these walls stand alone. */
const behind = async (code: string): Promise<string> => {
  const [program, ...args] = [...walls.command, process.execPath, '-e', code];
  const { stdout } = await promisify(execFile)(program, args, { cwd: '/' });
  return stdout.trim();
};
const tried = (work: string): string =>
  `try { ${work}; console.log('done') } catch (error) { console.log(error.code) }`;

describe('walls around plugins', () => {
  it('another user reads no passwords, no environment of the worker, kills nobody and writes nowhere', async (test) => {
    test.skip(walls.uid === null, walls.lacking ?? '');
    expect(await behind('console.log(process.getuid(), process.getgid(), process.getgroups().join())')).toBe(
      `${UID} ${UID} ${UID}`,
    );
    const fs = `require('node:fs')`;
    expect(await behind(tried(`${fs}.readFileSync('/etc/shadow')`))).toBe('EACCES');
    expect(await behind(tried(`${fs}.readFileSync('/proc/${process.pid}/environ')`))).toBe('EACCES');
    expect(await behind(tried(`process.kill(${process.pid}, 0)`))).toBe('EPERM');
    expect(await behind(tried(`${fs}.writeFileSync('${dataDir}/x', '')`))).toBe('EACCES');
    expect(await behind(tried(`process.setuid(0)`))).toBe('EPERM');
  });

  it('there is nobody in their network, not even this machine', async (test) => {
    test.skip(!walls.ownNetwork, walls.lacking ?? '');
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const connect = `require('node:net').connect(${port}, '127.0.0.1').on('connect', () => { console.log('connected'); process.exit() }).on('error', (error) => console.log(error.code))`;
    expect(await behind(connect)).toBe('ENETUNREACH');
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', connect]);
    expect(stdout.trim()).toBe('connected');
    server.close();
  });

  it('are said to be lacking where the other user cannot reach the data', async (test) => {
    test.skip(walls.uid === null, walls.lacking ?? '');
    const closed = join(dataDir, 'closed');
    mkdirSync(join(closed, 'data'), { recursive: true });
    await chmod(closed, 0o700);
    expect(pluginWalls({ dataDir: join(closed, 'data'), pluginUid: UID })).toMatchObject({
      uid: null,
      ownNetwork: walls.ownNetwork,
      lacking: expect.stringMatching(/EACCES/) as string,
    });
  });
});
