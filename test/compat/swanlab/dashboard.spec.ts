import { deflateRawSync, gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { archive, ask, importArchive } from './dashboard.js';

const PROJECT = 'changed';
let run: number;
beforeAll(async () => {
  const { result } = await importArchive(archive, PROJECT);
  run = result!.runs.find(({ name }) => name === 'first')!.id;
});
const change = async (path: string, json: unknown, method = 'PATCH') => {
  const { status, answer } = await ask(PROJECT, method, path, { json });
  return { status, ...answer };
};
const board = async () => (await ask(PROJECT, 'GET', `/experiment/${run}/chart`)).answer.data;
const charts = async () => new Map((await board()).charts.map((chart) => [chart.name, chart]));
const groups = async () => (await board()).namespaces.map(({ name, charts: own }) => [name, own.length]);

describe('what people change', () => {
  it('a chart is pinned, hidden and put back', async () => {
    const chart = (await charts()).get('train/loss')!;
    const pinned = await change(`/chart/${chart.id}/status`, { status: 1 });
    expect(pinned.data.groups.map(({ id, name }) => [id, name])).toEqual([
      [-1, 'pinned'],
      [expect.any(Number), 'default'],
      [-2, 'hidden'],
    ]);
    expect(pinned.data.groups[0]!.charts.map(({ name, sort }) => [name, sort])).toEqual([
      ['lr', 0],
      ['train/acc', 1],
      ['train/loss', 2],
    ]);
    expect(pinned.data.groups[0]!.charts[0]!.experiment_id).toMatchObject({ id: run, name: 'first' });
    expect((await change(`/chart/${chart.id}/status`, { status: -1 })).status).toBe(200);
    expect((await groups()).at(-1)).toEqual(['hidden', 2]);
    expect((await change(`/chart/${chart.id}/status`, { status: 0 })).status).toBe(200);
    expect((await charts()).get('train/loss')).toMatchObject({ status: 0, sort: null });
  });

  it('a group is folded, also the pinned and the hidden ones', async () => {
    const { namespaces } = await board();
    const id = namespaces.find(({ name }) => name === 'default')!.id;
    expect(await change(`/namespace/${id}/opened`, { opened: 0, experiment_id: run })).toEqual({
      status: 200,
      code: 0,
      message: 'success',
    });
    expect((await change('/namespace/-1/opened', { opened: true, experiment_id: run })).status).toBe(200);
    expect((await change('/namespace/-2/opened', { opened: 1, experiment_id: run })).status).toBe(200);
    expect((await board()).namespaces.map(({ name, opened }) => [name, opened])).toEqual([
      ['pinned', 1],
      ['default', 0],
      ['hidden', 1],
    ]);
  });

  it('names and descriptions of projects and experiments, and what is compared', async () => {
    expect(await change(`/experiment/${run}`, { name: ' renamed ', description: 'so' })).toMatchObject({
      data: { name: 'renamed', description: 'so' },
    });
    expect(await change('/project/update', { name: 'mine', description: null })).toMatchObject({
      data: { updates: { name: 'mine', description: null } },
    });
    expect((await change(`/experiment/${run}/show`, { show: false })).data.experiment).toMatchObject({
      show: 0,
      name: 'renamed',
    });
    const { answer } = await ask(PROJECT, 'GET', '/project');
    expect(answer.data).toMatchObject({ name: 'mine', description: null });
    expect(answer.data.experiments.find(({ id }) => id === run)).toMatchObject({ show: 0, description: 'so' });
    await change(`/experiment/${run}/show`, { show: 1 });
  });

  it('a run that ended stays as it ended when it is stopped', async () => {
    const { answer } = await ask(PROJECT, 'GET', `/experiment/${run}/stop`);
    expect(answer).toMatchObject({ code: 0, data: { id: run, status: 1 } });
  });

  it('an experiment goes, and its project with all that is left', async () => {
    const other = 'to be deleted';
    const { result } = await importArchive(archive, other);
    const { id } = result!.runs[0]!;
    expect((await ask(other, 'DELETE', `/experiment/${id}`)).answer).toMatchObject({
      code: 0,
      data: { experiment_id: id },
    });
    expect((await ask(other, 'GET', `/experiment/${id}`)).answer.code).toBe(3404);
    const again = await importArchive(archive, other);
    expect(again.result!.skipped).toMatchObject([
      { code: 'run-deleted', reason: expect.stringContaining('deleted') as string },
    ]);
    expect(again.result!.runs).toHaveLength(2);
    expect((await ask(other, 'DELETE', '/project')).answer).toMatchObject({ code: 0, data: {} });
    expect((await ask(other, 'GET', '/project')).answer.code).toBe(3404);
  });
});

describe('what is polled', () => {
  it('is answered with 304 while it stays as it is', async () => {
    for (const path of ['status', 'chart', 'tag/train/loss', 'summary', 'recent_log']) {
      const first = await ask(PROJECT, 'GET', `/experiment/${run}/${path}`);
      const etag = first.headers.get('etag')!;
      expect([path, etag]).toEqual([path, expect.stringMatching(/^W\/"[\w-]{22}"$/)]);
      for (const held of [etag, `"x", ${etag}`, etag.slice(2), '*']) {
        const again = await ask(PROJECT, 'GET', `/experiment/${run}/${path}`, { headers: { 'if-none-match': held } });
        expect([path, held, again.status, again.text]).toEqual([path, held, 304, '']);
      }
      const other = await ask(PROJECT, 'GET', `/experiment/${run}/${path}`, { headers: { 'if-none-match': 'W/"x"' } });
      expect(other.status).toBe(200);
    }
  });
});

describe('refusals', () => {
  it.each([
    ['GET', '/experiment/0', undefined, 422],
    ['GET', '/experiment/1.5', undefined, 422],
    ['GET', '/experiment/99999999999', undefined, 422],
    ['GET', '/experiment/999999', undefined, 404],
    ['GET', '/experiment/999999/stop', undefined, 404],
    ['GET', '/experiment/999999/tag/x', undefined, 404],
    ['DELETE', '/experiment/999999', undefined, 404],
    ['PATCH', '/experiment/999999', { name: 'x' }, 404],
    ['PATCH', '/experiment/999999/show', { show: 1 }, 404],
    ['PATCH', '/experiment/RUN', {}, 422],
    ['PATCH', '/experiment/RUN', { name: ' ' }, 422],
    ['PATCH', '/experiment/RUN', { name: 'x'.repeat(256) }, 422],
    ['PATCH', '/experiment/RUN/show', {}, 422],
    ['PATCH', '/experiment/RUN/show', { show: 'no' }, 422],
    ['PATCH', '/project/update', {}, 422],
    ['PATCH', '/chart/999999/status', { status: 1 }, 404],
    ['PATCH', '/chart/1/status', {}, 422],
    ['PATCH', '/chart/1/status', { status: 2 }, 422],
    ['PATCH', '/namespace/-1/opened', { opened: 1 }, 404],
    ['PATCH', '/namespace/-3/opened', { opened: 1 }, 422],
    ['PATCH', '/namespace/0/opened', { opened: 1, experiment_id: 1 }, 404],
    ['PATCH', '/namespace/999999/opened', { opened: 1, experiment_id: 1 }, 404],
    ['PATCH', '/namespace/-1/opened', {}, 422],
    ['GET', '/media/x.png', undefined, 422],
    ['GET', '/media/x.png?tag=pic&experiment_id=RUN', undefined, 404],
    ['GET', '/media/..%2f..%2f..%2fetc%2fpasswd?tag=pic&experiment_id=RUN', undefined, 404],
    ['GET', '/media/001-4a094553.png?tag=none&experiment_id=RUN', undefined, 404],
    ['GET', '/media/001-4a094553.png?tag=train/loss&experiment_id=RUN', undefined, 404],
    ['GET', '/experiment/RUN/tag/..%2f..%2fetc', undefined, 404],
    ['GET', '/nothing', undefined, 404],
  ])('%s %s', async (method, path, json, status) => {
    const answer = await ask(PROJECT, method, path.replace('RUN', String(run)), { json });
    expect([answer.status, answer.text.includes('root:')]).toEqual([status, false]);
    if (path !== '/nothing')
      expect(answer.answer).toEqual({ code: 3000 + status, message: expect.stringMatching(/./) as string });
  });

  it('a project of another name has none of these experiments, and one nobody made is not there', async () => {
    await importArchive(archive, 'another');
    for (const path of [`/experiment/${run}`, `/experiment/${run}/stop`, `/experiment/${run}/tag/lr`]) {
      expect([path, (await ask('another', 'GET', path)).answer.code]).toEqual([path, 3404]);
    }
    const chart = (await charts()).get('lr')!;
    expect((await ask('another', 'PATCH', `/chart/${chart.id}/status`, { json: { status: 1 } })).answer.code).toBe(
      3404,
    );
    expect((await ask('nobody made this', 'GET', '/project')).answer.code).toBe(3404);
    expect((await ask('local/another', 'GET', '/project')).answer.data.sum).toBe(3);
  });

  it('pages of other sites cannot stop a run with a picture’s address', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'http://evil.com' },
    ]) {
      const { status, answer } = await ask(PROJECT, 'GET', `/experiment/${run}/stop`, {
        headers: headers,
      });
      expect([status, answer.code]).toEqual([403, 3403]);
    }
  });
});

/** One entry of a tar archive. */
function tarEntry(name: string, content: string, type = '0', link = ''): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0, 'latin1');
  head.write('0000644\0', 100);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('        ', 148);
  head.write(type, 156);
  head.write(link, 157);
  head.write('ustar\0', 257, 'latin1');
  head.write(
    `${head
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([head, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
const tar = (...entries: Buffer[]): Buffer => gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));

/** A ZIP of one deflated entry that may lie about itself. */
function zip(name: string, content: string): Buffer {
  const [bytes, label] = [deflateRawSync(content), Buffer.from(name)];
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(bytes.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(label.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(bytes.length, 20);
  entry.writeUInt32LE(content.length, 24);
  entry.writeUInt16LE(label.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + label.length, 12);
  end.writeUInt32LE(local.length + label.length + bytes.length, 16);
  return Buffer.concat([local, label, bytes, entry, label, end]);
}

describe('archives nobody should send', () => {
  it.each([
    ['no archive', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['a torn one', archive.subarray(0, 20_000)],
    ['one without a database', tar(tarEntry('swanlog/run-1/logs/1/1000.log', '{}'))],
    ['a database that is none', tar(tarEntry('swanlog/runs.swanlab', 'SQLite format 3, not'))],
    ['an empty database', tar(tarEntry('swanlog/runs.swanlab', ''))],
    ['two databases', tar(tarEntry('a/runs.swanlab', 'x'), tarEntry('b/runs.swanlab', 'x'))],
    ['names that lead out', tar(tarEntry('../../runs.swanlab', 'x'))],
    ['a name from the root', tar(tarEntry('/etc/runs.swanlab', 'x'))],
    ['a name with backslashes', tar(tarEntry('a\\..\\runs.swanlab', 'x'))],
    ['the same name twice', tar(tarEntry('runs.swanlab', 'x'), tarEntry('runs.swanlab', 'y'))],
    ['a link for a database', tar(tarEntry('runs.swanlab', '', '2', '/etc/passwd'))],
    ['a ZIP whose name leads out', zip('../runs.swanlab', 'x')],
    ['a ZIP without a database', zip('a/b.txt', 'x')],
  ])('%s: an error that says so, and nothing is made', async (what, bytes) => {
    const project = `hostile ${what}`;
    const { status, error, result } = await importArchive(bytes, project);
    expect([status, result]).toEqual(['error', null]);
    expect(error).toMatch(/swanlab|archive|damaged|file/i);
    expect((await ask(project, 'GET', '/project')).answer.data.experiments).toEqual([]);
  });

  it('a form without a file is refused', async () => {
    const url = `${process.env['MILLRACE_COMPAT_URL']!}/api/v1/tracked-import/`;
    const form = new FormData();
    form.set('project', 'x');
    expect(await (await fetch(url, { method: 'POST', body: form })).json()).toMatchObject({ code: 'file-missing' });
    expect((await fetch(`${url}6f1c2b1e-5a52-4c9e-9c55-0d7c3d1a2b3c`)).status).toBe(404);
    expect((await fetch(`${url}..%2f`)).status).toBe(404);
  });
});
