import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createClient, type UploadProgress } from '#client';

let server: Server;
let client: ReturnType<typeof createClient>;
let received: { fields: Record<string, string>; file: string; name: string; type: string | undefined };

/** Reads forms with the platform's own parser. */
beforeAll(async () => {
  server = createServer((request, answer) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const type = request.headers['content-type'];
      const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type! } }).formData();
      const file = form.get('file') as File;
      const fields = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')) as Record<
        string,
        string
      >;
      received = { fields, file: await file.text(), name: file.name, type };
      answer.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"7"}');
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('uploads', () => {
  it('tells how far they are, to the last byte', async () => {
    const seen: UploadProgress[] = [];
    const content = new Blob(['a,b\n', '1,2\n'.repeat(50_000)], { type: 'text/csv' });
    await client.job.submit({
      form: { job_type: 'DatasetJob', kwargs: '{"é":1}' },
      files: [{ field: 'file', content, filename: 'ä "b".csv' }],
      onProgress: (progress) => seen.push(progress),
    });
    expect(received.fields).toEqual({ job_type: 'DatasetJob', kwargs: '{"é":1}' });
    expect(received.file).toBe(await content.text());
    expect(received.name).toBe('ä "b".csv');
    expect(seen.at(-1)!.sentBytes).toBe(seen.at(-1)!.totalBytes);
    expect(seen.map(({ sentBytes }) => sentBytes)).toEqual(
      seen.map(({ sentBytes }) => sentBytes).sort((a, b) => a - b),
    );
  });

  it('take streams of unknown length', async () => {
    async function* lines(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      for (let line = 0; line < 100; line += 1) yield new TextEncoder().encode(`${line}\n`);
    }
    await client.job.submit({ form: {}, files: [{ field: 'file', content: lines(), filename: 'lines.txt' }] });
    expect(received.file.split('\n')).toHaveLength(101);
    const web = new Blob(['web']).stream() as ReadableStream<Uint8Array>;
    await client.job.submit({ form: {}, files: [{ field: 'file', content: web, filename: 'w' }] });
    expect(received.file).toBe('web');
  });

  it('take files from disk as they are read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-upload-'));
    try {
      await writeFile(join(folder, 'a.csv'), 'x\n1\n');
      const content = await openAsBlob(join(folder, 'a.csv'));
      await client.job.submit({ form: {}, files: [{ field: 'file', content, filename: 'a.csv' }] });
      expect(received.file).toBe('x\n1\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('reject when the file breaks off', async () => {
    async function* breaking(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield new Uint8Array(10);
      throw new Error('disk gone');
    }
    const files = [{ field: 'file', content: breaking(), filename: 'b' }];
    await expect(client.job.submit({ form: {}, files })).rejects.toThrow();
  });
});
