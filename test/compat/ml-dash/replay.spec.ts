import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { Names } from '../../../tools/ml-dash/names.mjs';
import { ask, good } from './caller.js';
import { readsOf } from './reads.js';

/** One request of the real client, as `npm run compat:ml-dash -- --record` kept it: ids by the order they were seen in. */
interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A multipart body, one character a byte. */
  readonly form?: string;
  readonly status: number;
}

const folder = join(import.meta.dirname, 'recorded');
const sessions = readdirSync(folder).map(
  (file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recorded[]] as const,
);

async function replay(recorded: readonly Recorded[]): Promise<Names> {
  const names = new Names();
  for (const { method, path, headers, json, form, status } of recorded) {
    const url = names.resolve(path);
    const body = names.resolve(json === undefined ? (form ?? '') : JSON.stringify(json));
    const response = await fetch(`${process.env['MILLRACE_COMPAT_URL']!}${url}`, {
      method,
      headers: { ...headers, authorization: 'Bearer whatever.the.client-has' },
      ...(body === '' ? {} : { body: Buffer.from(body, form === undefined ? 'utf8' : 'latin1') }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const what = `${method} ${url} ${body.slice(0, 500)}`;
    expect(response.status, `${what}\n${bytes.toString().slice(0, 500)}`).toBe(status);
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    const answer = (isJson ? JSON.parse(bytes.toString()) : {}) as { errors?: unknown };
    expect(answer, what).toMatchObject(readsOf(what) as object);
    expect(answer.errors, what).toBeUndefined();
    names.learn(url, bytes);
  }
  return names;
}

/** Projects the recorded sessions make. */
afterEach(async () => {
  for (const [namespace, slugs] of Object.entries({ ada: ['digits', 'second'], local: ['disk', 'made'] })) {
    const query = '($slug: String!) { namespace(slug: $slug) { projects { id slug } } }';
    type Found = { namespace: { projects: { id: string; slug: string }[] } };
    const found = await ask<Found>(`query ${query}`, { slug: namespace });
    for (const { id, slug } of found.namespace.projects)
      if (slugs.includes(slug)) await good('DELETE', `/api/projects/${id}`);
  }
});

describe('what the real client sent', () => {
  it('was kept of a library of each protocol, and of a command line', () => {
    expect(sessions.map(([file]) => file)).toEqual([
      '0.11.0-session.json',
      '0.6.27-commands.json',
      '0.6.27-session.json',
    ]);
    for (const [, recorded] of sessions) expect(recorded.length).toBeGreaterThan(25);
  });

  it.each(sessions)('%s is answered with every field the client reads', async (file, recorded) => {
    const names = await replay(recorded);
    if (!file.includes('session')) return;
    const run = names.resolve('{experiment:1}');
    type Parameters = { data: object; version: number };
    expect(await good<Parameters>('GET', `/api/experiments/${run}/parameters`)).toMatchObject({
      data: { lr: 0.002, 'model.name': 'cnn', 'model.layers': [8, 16], 'model.drop.p': 0.5 },
      version: 2,
    });
    const { logs } = await good<{ logs: object[] }>('GET', `/api/experiments/${run}/logs`);
    expect(logs).toMatchObject([
      { sequenceNumber: 0, level: 'info', message: 'started', metadata: { epoch: 0 } },
      { sequenceNumber: 1, level: 'warn', message: 'hot', metadata: { celsius: 91 } },
      { sequenceNumber: 2, level: 'error', message: 'out of luck', metadata: { code: 7 } },
    ]);
    const { metrics } = await good<{ metrics: { name: string; totalDataPoints: string }[] }>(
      'GET',
      `/api/experiments/${run}/metrics`,
    );
    expect(metrics.map(({ name, totalDataPoints }) => [name, totalDataPoints])).toEqual([
      ['None', '1'], ['a/b', '1'], ['eval', '1'], ['late', '1'], ['summary', '1'], ['train', '6'],
    ]); // prettier-ignore
    type Rows = { data: { index: number; data: Record<string, unknown> }[] };
    const rows = await good<Rows>('GET', `/api/experiments/${run}/metrics/train/data?startIndex=1&limit=2`);
    expect(rows.data).toMatchObject([
      { index: 1, data: { loss: 0.5, step: 1, note: 'odd', _ts: expect.any(Number) as number } },
      { index: 2, data: { step: 2, note: 'even' } },
    ]);
    const track = await good<{ entries: object[] }>('GET', `/api/experiments/${run}/tracks/robot/pose/data`);
    expect(track.entries).toEqual([
      { timestamp: 1, q: [0.1, 0.2], 'pose.x': 1, e: 5 },
      { timestamp: 2.5, q: [0.3, 0.4] },
    ]);
    const query = `query($id: ID!) { experimentById(id: $id) { status tags description displayPath trackCount logMetadata { totalLogs }
      files { name path tags physicalFile { contentType sizeBytes } } } }`;
    expect(await ask(query, { id: run })).toEqual({
      experimentById: {
        status: 'COMPLETED',
        tags: ['mnist', 'cnn'],
        description: 'first try',
        displayPath: 'sweep/lr/run-1',
        trackCount: 1,
        logMetadata: { totalLogs: 3 },
        files: [
          {
            name: 'config.json',
            path: 'configs/config.json',
            tags: [],
            physicalFile: { contentType: 'application/json', sizeBytes: expect.any(Number) as number },
          },
          {
            name: 'hello.txt',
            path: 'notes/deep/hello.txt',
            tags: [],
            physicalFile: { contentType: 'text/plain', sizeBytes: 5 },
          },
        ],
      },
    });
  });
});
