import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { apiHouse, formOf, type Told, told } from '../api.fixture.js';
import { trackedRuns } from '../tracked-run/tracked-runs.fixture.js';

const house = apiHouse();
const { newExperiment } = trackedRuns(house);
type Experiment = Awaited<ReturnType<typeof newExperiment>>;
interface Refusal {
  readonly code: string;
  readonly message: string;
}
type Row = [method: string, path: string, body?: object | undefined];

/** `{id}`, `{node}` and `{project}` stand for those of the experiment, in the body too. */
function ask({ id, node, project }: Experiment, [method, path, body]: Row): Promise<Told<Refusal>> {
  const filled = (text: string): string =>
    text.replaceAll('{id}', id).replaceAll('{node}', node).replaceAll('{project}', project);
  return told(house, method, filled(path), body && (JSON.parse(filled(JSON.stringify(body))) as object));
}
const refusal = (status: number, code: string, message: RegExp): object => ({
  status,
  body: { code, message: expect.stringMatching(message) as string },
});
/** Everything that was written of an experiment. */
async function written({ id, project }: Experiment): Promise<unknown> {
  const tables = ['series', 'metric', 'track', 'log', 'node'].map((noun) => `(SELECT count(*) FROM tracked_${noun} WHERE run_id = $1) AS ${noun}`); // prettier-ignore
  return house.ports.db.query(
    `SELECT ${tables.join(', ')}, (SELECT sum(n) FROM tracked_track WHERE run_id = $1) AS entries,
       (SELECT count(*) FROM tracked_run WHERE project_id = $2) AS runs,
       (SELECT jsonb_build_array(name, description, status, tags, bindrs, metadata) FROM tracked_run WHERE id = $1) AS run`,
    [id, project],
  );
}
/** In an experiment. */
async function newFolder({ id, project }: Experiment): Promise<string> {
  const json = { type: 'FOLDER', name: 'kept', projectId: project, experimentId: id };
  return (await told<{ node: { id: string } }>(house, 'POST', '/api/namespaces/local/nodes', json)).body.node.id;
}
const deep = (levels: number): object => (levels === 0 ? {} : { in: deep(levels - 1) });
const below = '/api/experiments/{id}';
const line = { timestamp: '2026-01-31T10:22:05.123456Z', message: 'm' };
const writes: readonly Row[] = [
  ['POST', `${below}/logs`, { logs: [line] }],
  ['POST', `${below}/parameters`, { data: { lr: 1 } }],
  ['POST', `${below}/metrics/m/append`, { data: { loss: 1 } }],
  ['POST', `${below}/metrics/m/append-batch`, { dataPoints: [{ loss: 1 }] }],
  ['POST', `${below}/tracks`, { topic: 't' }],
  ['POST', `${below}/tracks/t/append`, { timestamp: 1, data: { x: 1 } }],
  ['POST', `${below}/tracks/t/append_batch`, { entries: [{ timestamp: 1, x: 1 }] }],
];
const reads: readonly Row[] = [
  ['GET', `${below}/logs`],
  ['GET', `${below}/parameters`],
  ['GET', `${below}/metrics`],
  ['GET', `${below}/metrics/m/data`],
  ['GET', `${below}/metrics/m/rows`],
  ['GET', `${below}/metrics/m/stats`],
  ['GET', `${below}/metrics/m/chunks/0`],
  ['GET', `${below}/tracks`],
  ['GET', `${below}/tracks/t/data`],
  ['GET', '/api/search/files?pattern=*&experimentId={id}'],
  ['POST', '/api/experiments/aggregate/series', { experimentIds: ['{id}'], xKey: 'step', yKeys: ['m/loss'] }],
];

describe('an experiment that was deleted', () => {
  let gone: Experiment;
  beforeAll(async () => {
    gone = await newExperiment('gone');
    await ask(gone, ['DELETE', '/api/nodes/{node}']);
  });
  const folder = { type: 'FOLDER', name: 'f', projectId: '{project}', experimentId: '{id}' };

  it.each<Row>([...reads, ...writes, ['POST', '/api/namespaces/local/nodes', folder]])(
    '%s %s says so, and stores nothing',
    async (...row) => {
      const before = await written(gone);
      expect(await ask(gone, row)).toMatchObject(refusal(410, 'tracked-run-gone', /^Run \d+ was deleted;/));
      expect(await written(gone)).toEqual(before);
    },
  );
});

describe('an experiment that is write-protected and has ended', () => {
  let sealed: Experiment;
  let folder: string;
  beforeAll(async () => {
    sealed = await newExperiment('sealed', { writeProtected: true });
    folder = await newFolder(sealed);
    await ask(sealed, ['PATCH', '/api/nodes/{node}', { status: 'COMPLETED' }]);
  });

  it.each<Row>([
    ...writes,
    ['PATCH', '/api/nodes/{node}', { description: 'other' }],
    ['PATCH', '/api/nodes/{folder}', { description: 'other' }],
    ['DELETE', '/api/nodes/{folder}'],
  ])('%s %s is refused, and changes nothing', async (method, path, body) => {
    const before = await written(sealed);
    const answer = await ask(sealed, [method, path.replace('{folder}', folder), body]);
    expect(answer).toMatchObject(refusal(403, 'tracked-run-protected', /write-protected and has ended/));
    expect(await written(sealed)).toEqual(before);
    expect((await told(house, 'GET', `/api/nodes/${folder}`)).body).toMatchObject({ name: 'kept', description: null });
  });
});

describe('more than an experiment holds', () => {
  let full: Experiment;
  let folder: string;
  beforeAll(async () => {
    full = await newExperiment('full');
    folder = await newFolder(full);
    await house.ports.db.query(
      `INSERT INTO tracked_track (run_id, topic) SELECT $1, 'topic ' || n FROM generate_series(1, 10000) n`,
      [full.id],
    );
  });
  const many = Object.fromEntries(Array.from({ length: 2001 }, (_none, at) => [`c${at}`, at]));
  const experiment = { type: 'EXPERIMENT', name: 'never', projectId: '{project}', metadata: deep(70) };

  it.each<[string, ...Row]>([
    ['rows.0.field', 'POST', `${below}/metrics/m/append`, { data: { ['v'.repeat(254)]: 1 } }],
    ['rows.1.field', 'POST', `${below}/metrics/m/append-batch`, { dataPoints: [{ v: 1 }, { ['v'.repeat(254)]: 1 }] }],
    ['meta', 'POST', `${below}/logs`, { logs: [{ ...line, metadata: deep(70) }] }],
    ['params', 'POST', `${below}/parameters`, { data: deep(70) }],
    ['tracks', 'POST', `${below}/tracks`, { topic: 'one more' }],
    ['tracks', 'POST', `${below}/tracks/one%20more/append`, { timestamp: 1, data: { x: 1 } }],
    ['columns', 'POST', `${below}/tracks/topic%201/append`, { timestamp: 1, data: many }],
    ['columns', 'POST', `${below}/tracks/topic%201/append_batch`, { entries: [{ timestamp: 1, x: 1 }, { timestamp: 2, ...many }] }],
    ['metadata', 'PATCH', '/api/nodes/{node}', { description: 'other', tags: ['other'], metadata: deep(70) }],
    ['metadata', 'POST', '/api/namespaces/local/nodes', experiment],
    ['metadata', 'POST', `${below}/tracks`, { topic: 'topic 1', metadata: deep(70) }],
    ['metadata', 'PATCH', '/api/nodes/{folder}', { description: 'other', metadata: deep(70) }],
  ])('%s: %s %s is refused, and nothing is stored', async (field, method, path, body) => {
    const before = await written(full);
    const named = new RegExp(`^The field ${field.replaceAll('.', '\\.')}.* is too large: \\d+ [a-z ]+ at the most\\.`);
    expect(await ask(full, [method, path.replace('{folder}', folder), body])).toMatchObject(refusal(400, 'tracked-limit-passed', named));
    expect(await written(full)).toEqual(before);
  }); // prettier-ignore
});

it.each<[number, string, RegExp, object]>([
  [400, 'tracked-limit-passed', /^The field metadata is too large/, { metadata: JSON.stringify(deep(70)) }],
  [400, 'file-checksum-differs', /has the SHA-256 \w{64} instead of/, { checksum: '0'.repeat(64) }],
  [404, 'tracked-node-not-found', /^There is no folder, experiment or file 1999999/, { parentId: '1999999' }],
  [404, 'tracked-project-not-found', /^There is no tracked project 1999999/, { projectId: '1999999' }],
])('a file that is refused with %i, %s leaves no bytes', async (status, code, message, fields) => {
  const { id, project } = await newExperiment('files');
  const form = formOf({ type: 'FILE', experimentId: id, projectId: project, ...fields }, new Blob(['bytes']));
  const answer = await told(house, 'POST', '/api/namespaces/local/nodes', form);
  expect(answer).toMatchObject(refusal(status, code, message));
  const { storage, db } = house.ports;
  expect([await storage.list('uploads'), await storage.list('tracked')]).toEqual([[], []]);
  expect(await db.query('SELECT id FROM tracked_blob')).toEqual([]);
});

describe('an experiment that is deleted while it is changed', () => {
  afterEach(() => vi.restoreAllMocks());

  it('PATCH /api/nodes/{node} says so', async () => {
    const going = await newExperiment('going');
    const { runs } = house.ports.tracked;
    const get = runs.get.bind(runs);
    vi.spyOn(runs, 'get').mockImplementationOnce(async (id) => {
      await runs.remove([id]);
      return get(id);
    });
    const answer = await ask(going, ['PATCH', '/api/nodes/{node}', { status: 'COMPLETED' }]);
    expect(answer).toMatchObject(refusal(410, 'tracked-run-gone', /^Run \d+ was deleted;/));
  });
});
