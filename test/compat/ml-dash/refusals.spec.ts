import { beforeAll, describe, expect, it } from 'vitest';

import {
  call,
  fileForm,
  good,
  newExperiment,
  newNamespace,
  nodes,
  open,
  type Opened,
  refusal,
  sha256,
} from './caller.js';

const NOBODY = '2000000000';
let id: string;
let opened: Opened;
beforeAll(async () => {
  opened = await open(newNamespace(), 'p', ['folder', 'run']);
  id = opened.experiment.id;
});

describe('an experiment that is not there', () => {
  it.each([
    ['GET', 'parameters', undefined],
    ['POST', 'parameters', { data: {} }],
    ['GET', 'logs', undefined],
    ['POST', 'logs', { logs: [{ timestamp: '2026-01-31T10:22:05.123456Z', level: 'info', message: 'm' }] }],
    ['GET', 'metrics', undefined],
    ['POST', 'metrics/loss/append', { data: { x: 1 } }],
    ['POST', 'metrics/loss/append-batch', { dataPoints: [{ x: 1 }] }],
    ['GET', 'metrics/loss/data', undefined],
    ['GET', 'metrics/loss/rows', undefined],
    ['GET', 'metrics/loss/stats', undefined],
    ['GET', 'metrics/loss/chunks/0', undefined],
    ['GET', 'tracks', undefined],
    ['POST', 'tracks', { topic: 't' }],
    ['POST', 'tracks/a%2Fb/append', { timestamp: 1, data: {} }],
    ['POST', 'tracks/a%2Fb/append_batch', { entries: [{ timestamp: 1 }] }],
    ['GET', 'tracks/a%2Fb/data', undefined],
  ])('%s %s answers 404 in the client’s body', async (method, path, json) => {
    expect(await call(method, `/api/experiments/${NOBODY}/${path}`, { json })).toMatchObject(
      refusal(404, 'tracked-run-not-found'),
    );
    expect((await call(method, `/api/experiments/x/${path}`, { json })).status).toBe(400);
  });

  it('is told so by searches and by several side by side', async () => {
    const search = await call('GET', `/api/search/files?pattern=*&experimentId=${NOBODY}`);
    expect(search).toMatchObject(refusal(404, 'tracked-run-not-found'));
    const series = { experimentIds: [id, NOBODY], xKey: 'step', yKeys: ['loss'] };
    expect(await call('POST', '/api/experiments/aggregate/series', { json: series })).toMatchObject(
      refusal(404, 'tracked-run-not-found'),
    );
  });
});

describe('bodies that are wrong', () => {
  it.each([
    ['parameters', {}],
    ['parameters', { data: [1] }],
    ['logs', { logs: [] }],
    ['logs', { logs: [{ timestamp: 'yesterday', level: 'info', message: 'm' }] }],
    ['logs', { logs: [{ timestamp: '2026-01-31T10:22:05Z', level: 'loud', message: 'm' }] }],
    ['logs', { logs: [{ timestamp: '99999-01-31T10:22:05Z', level: 'info', message: 'm' }] }],
    ['metrics/loss/append', { data: 5 }],
    ['metrics/loss/append', { data: { x: 1, _ts: 'now' } }],
    ['metrics/loss/append', { data: { x: 1, _ts: 1e300 } }],
    ['metrics/loss/append-batch', { dataPoints: [] }],
    ['metrics/loss/append-batch', { dataPoints: [{ x: 1 }, 7] }],
    ['metrics/loss/append-batch', { dataPoints: Array.from({ length: 10_001 }, () => ({ x: 1 })) }],
    [`metrics/${'x'.repeat(256)}/append`, { data: { x: 1 } }],
    ['tracks', { topic: '' }],
    ['tracks/t/append', { timestamp: 'now', data: {} }],
    ['tracks/t/append_batch', { entries: [{ x: 1 }] }],
  ])('%s refuses %j', async (path, json) => {
    expect(await call('POST', `/api/experiments/${id}/${path}`, { json })).toMatchObject({
      status: 400,
      body: { error: 'Bad Request' },
    });
  });

  it('a batch with one bad item stores none of it', async () => {
    const other = await newExperiment();
    const bad = [
      { timestamp: '2026-01-31T10:22:05Z', level: 'info', message: 'good' },
      { timestamp: '2026-01-31T10:22:05Z' },
    ];
    expect((await call('POST', `/api/experiments/${other}/logs`, { json: { logs: bad } })).body).toMatchObject({
      message: expect.stringContaining('logs.1.message') as string,
    });
    await call('POST', `/api/experiments/${other}/metrics/m/append-batch`, { json: { dataPoints: [{ a: 1 }, 'x'] } });
    expect(await good('GET', `/api/experiments/${other}/logs`)).toEqual({ logs: [], hasMore: false });
    expect(await good('GET', `/api/experiments/${other}/metrics`)).toEqual({ metrics: [] });
  });

  it.each([
    ['{"data":{"__proto__":{"polluted":1}}}', 'input-invalid'],
    ['{"data":{"constructor":{"prototype":{"polluted":1}}}}', 'input-invalid'],
    ['{"data":', 'input-invalid'],
    [`{"data":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`, 'input-invalid'],
    [`{"data":${'{"a":'.repeat(80)}1${'}'.repeat(80)}}`, 'tracked-limit-passed'],
    [`{"data":{"big":"${'x'.repeat(10_000_000)}"}}`, 'tracked-limit-passed'],
    [`{"data":{"big":"${'x'.repeat(17_000_000)}"}}`, 'body-too-large'],
    ['{"data":{"a":"\\u0000"}}', 'text-unstorable'],
  ])('parameters refuse %.60s', async (text, code) => {
    const { status, body } = await call<{ code: string }>('POST', `/api/experiments/${id}/parameters`, { text });
    expect([status === 400 || status === 413, body.code]).toEqual([true, code]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await good('GET', `/api/experiments/${id}/parameters`)).toMatchObject({ data: {} });
  });

  it.each(['logs?limit=0', 'logs?limit=1000000', 'logs?level=loud', 'logs?orderBy=name', 'metrics/m/data?startIndex=-1', 'metrics/m/data?limit=99999', 'metrics/m/chunks/x', 'tracks/t/data?format=avi'])(
    'queries that are wrong: %s',
    async (path) => {
      expect((await call('GET', `/api/experiments/${id}/${path}`)).status).toBe(400);
    },
  ); // prettier-ignore

  it('aggregates want ids, keys and an x', async () => {
    const asked = { experimentIds: [id], xKey: 'step', yKeys: ['loss'] };
    for (const wrong of [
      { experimentIds: [] },
      { xKey: '' },
      { xKey: undefined },
      { yKeys: [] },
      { bins: 1 },
      { alignmentMethod: 'magic' },
    ]) {
      expect((await call('POST', '/api/experiments/aggregate/series', { json: { ...asked, ...wrong } })).status).toBe(
        400,
      );
    }
  });
});

describe('what is not there within an experiment', () => {
  it.each(['data', 'rows', 'stats', 'chunks/0'])('no metric of that name: %s', async (what) => {
    expect(await call('GET', `/api/experiments/${id}/metrics/none/${what}`)).toMatchObject(
      refusal(404, 'tracked-metric-not-found'),
    );
  });

  it('no track, and no such format', async () => {
    expect(await call('GET', `/api/experiments/${id}/tracks/none/data`)).toMatchObject(
      refusal(404, 'tracked-track-not-found'),
    );
    await good('POST', `/api/experiments/${id}/tracks/t/append`, { json: { timestamp: 1, data: { x: 1 } } });
    const reply = await call<{ message: string }>('GET', `/api/experiments/${id}/tracks/t/data?format=xls`);
    expect(reply).toMatchObject(refusal(400, 'input-invalid'));
    for (const format of ['json', 'jsonl', 'parquet', 'mcap', 'mocap'])
      expect(JSON.stringify(reply.body)).toContain(format);
  });

  it('no cursor of another metric, or of nobody', async () => {
    await good('POST', `/api/experiments/${id}/metrics/m/append`, { json: { data: { x: 1 } } });
    for (const cursor of ['x', '999999-1', '1', "1'--"]) {
      const reply = await call('GET', `/api/experiments/${id}/metrics/m/rows?cursor=${encodeURIComponent(cursor)}`);
      expect(reply).toMatchObject(refusal(400, 'cursor-invalid'));
    }
  });
});

describe('nodes', () => {
  it.each(['GET', 'PATCH', 'DELETE'])('%s of one that is not there', async (method) => {
    const json = method === 'PATCH' ? { description: 'd' } : undefined;
    expect(await call(method, `/api/nodes/${NOBODY}`, { json })).toMatchObject(refusal(404, 'tracked-node-not-found'));
  });

  it('folders take no status, and have no bytes', async () => {
    const folder = opened.node.parentId!;
    expect(await call('PATCH', `/api/nodes/${folder}`, { json: { status: 'COMPLETED' } })).toMatchObject(
      refusal(400, 'tracked-node-misplaced'),
    );
    expect(await call('GET', `/api/nodes/${folder}/download`)).toMatchObject(refusal(400, 'tracked-node-misplaced'));
    expect(await call('GET', `/api/nodes/${NOBODY}/download`)).toMatchObject(refusal(404, 'tracked-node-not-found'));
    expect((await call('PATCH', `/api/nodes/${opened.node.id}`, { json: { status: 'GREAT' } })).status).toBe(400);
  });

  it.each([
    { type: 'PLANET', name: 'x' },
    { type: 'FOLDER', name: 'x' },
    { type: 'FOLDER', name: 'a/b', projectId: 1 },
    { type: 'FOLDER', name: '..', projectId: 1 },
    { type: 'EXPERIMENT', name: '', projectSlug: 'p' },
    { type: 'EXPERIMENT', name: 'x'.repeat(256), projectSlug: 'p' },
    { type: 'EXPERIMENT', name: 'x', projectSlug: 'a/b' },
    { type: 'PROJECT', name: '.' },
  ])('%j is not made', async (json) => {
    expect((await call('POST', nodes('grace'), { json })).status).toBe(400);
  });

  it.each([
    [{ type: 'FOLDER', name: 'x', projectId: NOBODY }, 'tracked-project-not-found'],
    [{ type: 'EXPERIMENT', name: 'x', projectId: NOBODY }, 'tracked-project-not-found'],
    [{ type: 'EXPERIMENT', name: 'x' }, 'tracked-project-not-found'],
    [{ type: 'EXPERIMENT', name: 'x', projectSlug: 'p', parentId: NOBODY }, 'tracked-node-not-found'],
  ])('%j has no place', async (json, code) => {
    expect(await call('POST', nodes('grace'), { json })).toMatchObject(refusal(404, code));
  });

  it('an experiment is not opened in another, nor in a folder of another project', async () => {
    const json = { type: 'EXPERIMENT', name: 'x', projectId: opened.project.id, parentId: opened.node.id };
    expect(await call('POST', nodes('grace'), { json })).toMatchObject(refusal(400, 'tracked-node-misplaced'));
    const elsewhere = { type: 'EXPERIMENT', name: 'x', projectSlug: 'q', parentId: opened.node.parentId };
    expect(await call('POST', nodes(newNamespace()), { json: elsewhere })).toMatchObject(
      refusal(404, 'tracked-node-not-found'),
    );
  });

  it('a project that is not there is not deleted', async () => {
    expect(await call('DELETE', `/api/projects/${NOBODY}`)).toMatchObject(refusal(404, 'tracked-project-not-found'));
  });
});

describe('files', () => {
  const upload = (fields: Record<string, string>, content = 'bytes') =>
    call('POST', nodes('grace'), {
      form: fileForm({ projectId: opened.project.id, experimentId: id, parentId: 'ROOT', ...fields }, content),
    });

  it('whose checksum does not match are not kept', async () => {
    expect(await upload({ name: 'a.txt', checksum: sha256('other bytes') })).toMatchObject(
      refusal(400, 'file-checksum-differs'),
    );
    expect(await good('GET', `/api/search/files?pattern=**/a.txt&experimentId=${id}`)).toEqual({ files: [] });
  });

  it.each([
    [{ checksum: 'short' }, 400],
    [{ metadata: '{not json' }, 400],
    [{ metadata: '[1]' }, 400],
    [{ name: '../../etc/passwd' }, 400],
    [{ type: 'FOLDER' }, 400],
    [{ experimentId: NOBODY }, 404],
    [{ projectId: NOBODY }, 404],
    [{ parentId: NOBODY }, 404],
  ])('with %j are refused', async (fields, status) => {
    expect((await upload(fields)).status).toBe(status);
  });

  it('need bytes', async () => {
    const form = new FormData();
    for (const [key, value] of Object.entries({ type: 'FILE', experimentId: id, name: 'x' })) form.append(key, value);
    expect(await call('POST', nodes('grace'), { form })).toMatchObject({ body: { code: 'file-missing' } });
  });

  it('are not put below a file', async () => {
    const { body } = await upload({ name: 'top.txt' });
    const parentId = (body as unknown as Opened).node.id;
    expect(await upload({ name: 'below.txt', parentId })).toMatchObject(refusal(400, 'tracked-node-misplaced'));
  });

  it.each(['', '?pattern=', `?pattern=${'x'.repeat(501)}`, '?pattern=*&limit=0', '?pattern=*&offset=-1'])(
    'are not searched for with %s',
    async (query) => {
      expect((await call('GET', `/api/search/files${query}`)).status).toBe(400);
    },
  );

  it.each(['[z-a]*', '(((((', '\\', '***', `${'*'.repeat(200)}x`, `${'**/'.repeat(150)}x`, '[[:alpha:]]', '?'.repeat(500), '[[.x.]]', '{1,999999}'])(
    'a glob like %.20s is a glob like any other',
    async (glob) => {
      const { status } = await call('GET', `/api/search/files?pattern=${encodeURIComponent(glob)}`);
      expect(status).toBe(200);
    },
  ); // prettier-ignore
});
