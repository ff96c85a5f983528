import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import type { TrackedStatus } from '#tracking';

import { apiHouse } from '../api.fixture.js';

const house = apiHouse({ listening: true });
afterEach(() => vi.restoreAllMocks());

interface Envelope {
  readonly code: number;
  readonly message: string;
  readonly data?: Record<string, unknown>;
}
/** Over the line, as its page and scripts ask. */
async function ask(
  method: string,
  path: string,
  { project = 'seen', json }: { project?: string; json?: object } = {},
): Promise<{ status: number; body: Envelope; text: string }> {
  const { port } = house.app.getHttpServer().address() as { port: number };
  const answer = await fetch(`http://127.0.0.1:${port}/compat/swanlab/${encodeURIComponent(project)}/api/v1${path}`, {
    method,
    ...(json === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text) as Envelope, text };
}
/** What was refused: HTTP's status, the integer of the envelope, and a sentence; no data. */
const refusal = (status: number, code: number): object => ({
  status,
  body: { code, message: expect.stringMatching(/\w.*[.]/) as string },
});

async function newRun(name: string, status: TrackedStatus = 'running', project = 'seen'): Promise<number> {
  const { tracked } = house.ports;
  const { id: projectId } = await tracked.projects.open('local', project);
  const { run } = await tracked.runs.open({ projectId, source: 'api', name });
  await tracked.series.append([{ runId: run.id, name: 'train/loss', x: 0, value: 1 }]);
  if (status !== 'running') await tracked.runs.setStatus(run.id, status);
  return run.id;
}
let id: number;
beforeAll(async () => {
  id = await newRun('first', 'completed');
});

const experimentRoutes = ['', '/chart', '/tag/train/loss', '/recent_log', '/status', '/summary', '/requirements', '/stop']; // prettier-ignore

describe('code 0, HTTP 200', () => {
  it.each(['/project', '/project/summaries', '/project/charts'])('%s', async (path) => {
    expect(await ask('GET', path)).toMatchObject({ status: 200, body: { code: 0, message: 'success' } });
  });

  it.each(['', '/chart', '/tag/train/loss', '/tag/train%2Floss', '/status', '/summary', '/stop'])(
    '/experiment/{id}%s',
    async (path) => {
      const answer = await ask('GET', `/experiment/${id}${path}`);
      expect(answer).toMatchObject({ status: 200, body: { code: 0, message: 'success', data: {} } });
    },
  );
});

describe('status', () => {
  it.each<[TrackedStatus, number]>([
    ['queued', 0],
    ['running', 0],
    ['completed', 1],
    ['failed', -1],
    ['cancelled', -1],
    ['lost', -1],
  ])('of a run that is %s is %i wherever it stands', async (status, integer) => {
    const own = await newRun(`run ${status}`, status);
    const experiment = (await ask('GET', `/experiment/${own}`)).body.data!;
    const state = (await ask('GET', `/experiment/${own}/status`)).body.data!;
    const { experiments } = (await ask('GET', '/project')).body.data as {
      experiments: { id: number; status: number }[];
    };
    const listed = experiments.find((one) => one.id === own)!;
    expect([experiment['status'], state['status'], listed.status]).toEqual([integer, integer, integer]);
    expect(state['finish_time'] === null).toBe(integer === 0);
    const stopped = (await ask('GET', `/experiment/${own}/stop`)).body.data!;
    expect([stopped['status'], typeof stopped['finish_time']]).toEqual([integer === 0 ? -1 : integer, 'string']);
  });
});

describe('3422, HTTP 422', () => {
  it.each(experimentRoutes)('GET /experiment/one%s', async (path) => {
    expect(await ask('GET', `/experiment/one${path}`)).toMatchObject(refusal(422, 3422));
  });

  it.each([
    ['/project/update', {}],
    ['/experiment/1', { name: '' }],
    ['/experiment/1/show', {}],
    ['/chart/1/status', { status: 2 }],
    ['/namespace/1/opened', { opened: 'wide' }],
  ])('PATCH %s with %j', async (path, json) => {
    expect(await ask('PATCH', path, { json })).toMatchObject(refusal(422, 3422));
  });
});

describe('3404, HTTP 404', () => {
  it.each(experimentRoutes)('GET /experiment/{unknown}%s', async (path) => {
    expect(await ask('GET', `/experiment/1999999${path}`)).toMatchObject(refusal(404, 3404));
  });

  it.each(['/project', '/project/summaries', '/project/charts'])('GET %s of a project nobody made', async (path) => {
    expect(await ask('GET', path, { project: 'nobody made this' })).toMatchObject(refusal(404, 3404));
  });

  it('a tag and a log that are not there', async () => {
    expect(await ask('GET', `/experiment/${id}/tag/none`)).toMatchObject(refusal(404, 3404));
    expect(await ask('GET', `/experiment/${id}/recent_log`)).toMatchObject(refusal(404, 3404));
  });

  it('what would be changed', async () => {
    expect(await ask('DELETE', '/experiment/1999999')).toMatchObject(refusal(404, 3404));
    expect(await ask('DELETE', '/project', { project: 'nobody made this' })).toMatchObject(refusal(404, 3404));
    const name = { json: { name: 'n', description: '' } };
    expect(await ask('PATCH', '/experiment/1999999', name)).toMatchObject(refusal(404, 3404));
    expect(await ask('PATCH', '/chart/1999999/status', { json: { status: 1 } })).toMatchObject(refusal(404, 3404));
  });
});

it('3409, HTTP 409: what runs is not deleted, nor its project; what has ended is', async () => {
  const project = 'busy';
  const [running, ended] = [await newRun('runs', 'running', project), await newRun('ended', 'completed', project)];
  expect(await ask('DELETE', `/experiment/${running}`, { project })).toMatchObject(refusal(409, 3409));
  expect(await ask('DELETE', '/project', { project })).toMatchObject(refusal(409, 3409));
  expect((await ask('DELETE', `/experiment/${ended}`, { project })).body).toMatchObject({ code: 0 });
  expect((await ask('GET', `/experiment/${running}/status`, { project })).body.data).toMatchObject({ status: 0 });
  expect((await ask('GET', `/experiment/${running}/stop`, { project })).body.data).toMatchObject({ status: -1 });
  expect((await ask('DELETE', '/project', { project })).body).toMatchObject({ code: 0 });
});

it('3500, HTTP 500: nobody wrote the packages down', async () => {
  expect(await ask('GET', `/experiment/${id}/requirements`)).toMatchObject(refusal(500, 3500));
});

describe('3555, HTTP 500', () => {
  it.each(['/project', `/experiment/{id}`, '/experiment/{id}/status', '/experiment/{id}/stop'])(
    'GET %s when nobody knows why, and nothing of the inside is told',
    async (path) => {
      const fault = (): never => {
        throw new TypeError('secret detail');
      };
      vi.spyOn(house.ports.tracked.projects, 'find').mockImplementation(fault);
      vi.spyOn(house.ports.tracked.projects, 'open').mockImplementation(fault);
      const answer = await ask('GET', path.replace('{id}', String(id)));
      expect(answer).toMatchObject(refusal(500, 3555));
      expect(answer.text).not.toMatch(/secret|TypeError/);
    },
  );

  it('503 with the same integer while the database is away', async () => {
    const gone = Object.assign(new Error('terminating connection'), { code: '57P01' });
    vi.spyOn(house.ports.tracked.projects, 'find').mockRejectedValue(gone);
    expect(await ask('GET', '/project')).toMatchObject(refusal(503, 3555));
  });
});
