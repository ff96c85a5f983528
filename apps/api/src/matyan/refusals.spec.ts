import { request } from 'node:http';

import { beforeAll, describe, expect, it, vi } from 'vitest';

import { apiHouse, told } from '../api.fixture.js';

const LIMIT = 100_000;
const house = apiHouse({ listening: true, env: { MILLRACE_UPLOAD_BYTES: `${LIMIT}` } });
const rest = '/api/v1/rest';
let runId: number;
let projectId: number;
beforeAll(async () => {
  const { tracked } = house.ports;
  projectId = (await tracked.projects.open('local', 'default')).id;
  runId = (await tracked.runs.open({ projectId, source: 'matyan', name: 'one', extId: 'one' })).run.id;
});

/** Code and message as the client reads them, and our sentence beside them. */
const refusal = (status: number, code: string, message: RegExp): object => ({
  status,
  body: {
    error: { code, message: expect.stringMatching(message) as string },
    detail: expect.stringMatching(message) as string,
  },
});
const deep = (levels: number): object => (levels === 0 ? {} : { in: deep(levels - 1) });
/** Fewer characters than a report may have, more bytes. */
const code = 'é'.repeat(600_000);

describe('what is saved', () => {
  let app: string;
  let report: string;
  beforeAll(async () => {
    const made = async (path: string, body: object): Promise<string> =>
      (await told<{ id: string }>(house, 'POST', `${rest}${path}`, body)).body.id;
    app = await made('/apps/', { type: 'metrics', state: { kept: true } });
    report = await made('/reports/', { name: 'kept', code: 'kept' });
    await told(house, 'POST', `${rest}/projects/pinned-sequences/`, { sequences: [{ name: 'kept', context: {} }] });
    await house.ports.tracked.runs.setTags(
      runId,
      Array.from({ length: 1000 }, (_none, at) => `t${at}`),
    );
  });
  const saved = (): Promise<unknown> =>
    house.ports.db.query(
      `SELECT jsonb_agg(v ORDER BY v.id) AS views, (SELECT count(*) FROM tracked_tag) AS tags FROM tracked_view v`,
    );

  it.each<[string, string, string, object]>([
    ['state', 'POST', '/apps/', { type: 'metrics', state: deep(70) }],
    ['state', 'PUT', '/apps/{app}/', { state: deep(70) }],
    ['state', 'POST', '/reports/', { name: 'long', code }],
    ['state', 'PUT', '/reports/{report}/', { name: 'other', code }],
    ['state', 'POST', '/projects/pinned-sequences/', { sequences: [{ name: 'loss', context: deep(70) }] }],
    ['tags', 'POST', '/runs/one/tags/new/', { tag_name: 'one more' }],
  ])('%s: %s %s is refused past its limit, and nothing is saved', async (field, method, path, body) => {
    const before = await saved();
    const url = `${rest}${path}`.replace('{app}', app).replace('{report}', report);
    const named = new RegExp(`^The field ${field} is too large: \\d+ [a-z ]+ at the most\\.`);
    expect(await told(house, method, url, body)).toMatchObject(refusal(422, 'validation_error', named));
    expect(await saved()).toEqual(before);
  });
});

describe('a note about what is not there', () => {
  const id = '00000000-0000-4000-8000-000000000000';
  it.each([
    ['runs/nobody', 'GET', /nobody/],
    ['runs/nobody', 'PUT', /nobody/],
    ['runs/nobody', 'DELETE', /nobody/],
    [`experiments/${id}`, 'GET', new RegExp(id)],
    [`experiments/${id}`, 'PUT', new RegExp(id)],
    [`experiments/${id}`, 'DELETE', new RegExp(id)],
  ])('%s: %s is refused', async (owner, method, named) => {
    const body = method === 'PUT' ? { content: 'text' } : undefined;
    const answer = await told(house, method, `${rest}/${owner}/note/1/`, body);
    expect(answer).toMatchObject(refusal(404, 'not_found', named));
  });
});

describe('a search', () => {
  const kinds = { images: 'image', texts: 'text', distributions: 'distribution', audios: 'audio', figures: 'figure' } as const; // prettier-ignore
  beforeAll(async () => {
    const { series, objects } = house.ports.tracked;
    await series.append([{ runId, name: 'loss', x: 0, value: 1 }]);
    await objects.put(Object.values(kinds).map((kind) => ({ runId, kind, name: kind, x: 0, meta: {} })));
  });

  it.each(['run', 'metric', ...Object.keys(kinds)])(
    'of %s that would take for ever is refused before anything is sent',
    async (sequence) => {
      const q = encodeURIComponent('10 ** 10 ** 10 == run.lr');
      const answer = await told(house, 'GET', `${rest}/runs/search/${sequence}/?q=${q}`);
      expect(answer).toMatchObject(refusal(400, 'bad_request', /^The query asks for too much work: \w.+\.$/));
    },
  );
});

it('an archive of more than an upload may hold is refused with both sizes', async () => {
  const { tracked } = house.ports;
  const { run } = await tracked.runs.open({ projectId, source: 'matyan', name: 'large', extId: 'large' });
  const blob = { projectId, key: 'tracked/none', sha256: '0'.repeat(64), sizeBytes: LIMIT + 1, contentType: 'text/plain' }; // prettier-ignore
  await tracked.files.attach(run.id, 'a.txt', (await tracked.objects.addBlob(blob)).id);
  const answer = await told(house, 'GET', `${rest}/runs/large/artifacts/download-all/`);
  expect(answer).toMatchObject(refusal(422, 'validation_error', /hold 100001 bytes; an archive may hold 100000\./));
});

describe('an upload', () => {
  const presigned = async (path: string): Promise<string> => {
    const asked = { run_id: 'one', artifact_path: path, content_type: 'text/plain' };
    const { body } = await told<{ upload_url: string }>(house, 'POST', `${rest}/artifacts/presign`, asked);
    return body.upload_url.slice(body.upload_url.indexOf('/api/'));
  };
  const stored = async (): Promise<unknown[]> => {
    const { storage, db } = house.ports;
    // A process keeps a folder of its own there.
    const partial = (await storage.list('partial')).filter((name) => !name.startsWith('engine-'));
    const files = await db.query<unknown[]>(`SELECT id FROM tracked_node WHERE run_id = $1 AND kind = 'FILE'`, [runId]);
    return [...(await storage.list('tracked')), ...partial, ...files];
  };

  it('of more bytes than one may have is refused with the limit, and none of them stays', async () => {
    const headers = { host: 'localhost', 'content-type': 'text/plain' };
    const payload = Buffer.alloc(LIMIT + 1);
    const answer = await house.app.inject({ method: 'PUT', url: await presigned('large.txt'), headers, payload });
    const read = { status: answer.statusCode, body: answer.json<unknown>() };
    expect(read).toMatchObject(refusal(413, 'bad_request', /^The file is larger than 100000 bytes\./));
    expect(await stored()).toEqual([]);
  });

  it('whose client hangs up leaves nothing', async () => {
    const path = await presigned('broken.txt');
    const { port } = house.app.getHttpServer().address() as { port: number };
    const headers = { 'content-type': 'text/plain', 'content-length': 50_000 };
    const call = request({ port, host: '127.0.0.1', method: 'PUT', path, headers }).once('error', () => undefined);
    call.write('x'.repeat(1000));
    await vi.waitFor(async () => expect(await stored()).toHaveLength(1), 60_000);
    call.destroy();
    await vi.waitFor(async () => expect(await stored()).toEqual([]), 60_000);
  });
});
