import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { importSwanlog } from './import-swanlog.js';
import { findSwanlog, packFolder } from './pack-folder.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'millrace-sdk-swanlog-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const long = `${'t'.repeat(120)}/${'数'.repeat(60)}.log`;
function makeFolder(at: string): string {
  const files = {
    'runs.swanlab': 'database',
    'runs.swanlab-wal': '',
    'run-1/logs/loss/1000.log': '{"index": 1}\n',
    [`run-1/logs/${long}`]: 'x'.repeat(100_000),
    'run-1/media/pic/a.png': '\u0001\u0002',
    'run-2/files/config.yaml': 'a: 1',
    'elsewhere/secret.txt': 'secret',
    'notes.txt': 'secret',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(at, name, '..'), { recursive: true });
    writeFileSync(join(at, name), text);
  }
  symlinkSync('/etc/passwd', join(at, 'run-1/logs/passwd.log'));
  symlinkSync('/etc', join(at, 'run-9'));
  return at;
}

async function unpacked(bytes: AsyncIterable<Uint8Array>): Promise<Record<string, string>> {
  const tar = extract();
  Readable.from(bytes).pipe(createGunzip()).pipe(tar);
  const files: Record<string, string> = {};
  for await (const entry of tar) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files[entry.header.name] = Buffer.concat(chunks).toString();
  }
  return files;
}

describe('a log folder', () => {
  it('is packed with its database and its runs, and nothing else; no link is followed', async () => {
    const folder = makeFolder(join(home, 'swanlog'));
    expect(await findSwanlog(home)).toBe(folder);
    expect(await unpacked(packFolder(folder))).toEqual({
      'swanlog/runs.swanlab': 'database',
      'swanlog/runs.swanlab-wal': '',
      'swanlog/run-1/logs/loss/1000.log': '{"index": 1}\n',
      [`swanlog/run-1/logs/${long}`]: 'x'.repeat(100_000),
      'swanlog/run-1/media/pic/a.png': '\u0001\u0002',
      'swanlog/run-2/files/config.yaml': 'a: 1',
    });
  });

  it('that grows while it is packed is packed as long as it was', async () => {
    const folder = makeFolder(home);
    const file = join(folder, 'run-1/logs/loss/1000.log');
    writeFileSync(file, 'a'.repeat(5_000_000));
    async function* growing(): AsyncGenerator<Uint8Array> {
      for await (const chunk of packFolder(folder)) {
        appendFileSync(file, 'more');
        yield chunk;
      }
    }
    const files = await unpacked(growing());
    expect(files['swanlog/run-1/logs/loss/1000.log']).toMatch(/^a{5000000}(?:more)*$/);
    expect(files).toHaveProperty('swanlog/run-2/files/config.yaml');
  });

  it('of which nobody reads the rest breaks nothing', async () => {
    const folder = makeFolder(home);
    for await (const chunk of packFolder(folder)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await rm(join(folder, 'run-1'), { recursive: true });
  });

  it('that is none is said to be none', async () => {
    await expect(findSwanlog(home)).rejects.toThrow(`${home} holds no runs.swanlab`);
    await expect(importSwanlog(join(home, 'none'), { dashUrl: 'http://127.0.0.1:1' })).rejects.toThrow('There is no');
  });
});

describe('an import', () => {
  let server: Server;
  let bodies: string[];
  let states: object[];
  let url: string;
  beforeEach(async () => {
    bodies = [];
    server = createServer((request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method === 'POST') bodies.push(Buffer.concat(chunks).toString('latin1'));
        const body = request.method === 'POST' ? { id: 'i' } : (states.shift() ?? {});
        answer.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
        answer.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const skipped = { directory: 'run-2', code: 'directory-missing', reason: 'It is not there' };
  const done = { project_id: 3, runs: [{ id: 7, run_id: 'run-1', name: 'first', created: true }], skipped: [skipped] };
  const state = (status: string, more: object = {}): object => ({ id: 'i', status, progress: null, error: null, result: null, ...more }); // prettier-ignore

  it('sends the folder, waits, and tells what came and what was left out', async () => {
    states = [state('not_started'), state('started', { progress: 50 }), state('finished', { progress: 100, result: done })]; // prettier-ignore
    const told: number[] = [];
    const options = { dashUrl: url, project: 'vision', token: 't', onProgress: (percent: number) => void told.push(percent) }; // prettier-ignore
    expect(await importSwanlog(makeFolder(join(home, 'swanlog')), options)).toEqual({
      projectId: 3,
      runs: [{ id: 7, runId: 'run-1', name: 'first', created: true }],
      skipped: [skipped],
    });
    expect(told).toEqual([50, 100]);
    expect(bodies[0]).toMatch(/name="project"\r\n\r\nvision.*filename="swanlog\.tar\.gz"/s);
  });

  it('of an archive sends it as it is; one that fails throws what the server says', async () => {
    states = [state('error', { error: 'The archive is damaged.' })];
    const archive = join(home, 'old.zip');
    writeFileSync(archive, 'bytes of it');
    await expect(importSwanlog(archive, { dashUrl: url, token: 't' })).rejects.toThrow('The archive is damaged.');
    expect(bodies[0]).toMatch(/filename="old\.zip".*bytes of it/s);
  });
});
