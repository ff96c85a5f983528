import { beforeAll, describe, expect, it } from 'vitest';

import type { WireTrackedRun } from '#contract';

import { apiHouse, formOf, type Told, told } from '../api.fixture.js';
import { trackedRuns } from './tracked-runs.fixture.js';

const house = apiHouse();
const { open } = trackedRuns(house);

const refusal = (status: number, code: string, detail: RegExp): object => ({
  status,
  body: { code, detail: expect.stringMatching(detail) as string },
});
/** All that is kept of runs, and the jobs that would bring others. */
const kept = (): Promise<unknown> =>
  house.ports.db.query(
    `SELECT (SELECT jsonb_agg(r ORDER BY id) FROM tracked_run r) AS runs, (SELECT count(*) FROM tracked_project) AS projects,
       (SELECT count(*) FROM tracked_series) AS series, (SELECT count(*) FROM job) AS jobs`,
  );

describe('a run that was deleted', () => {
  let gone: WireTrackedRun;
  beforeAll(async () => {
    gone = await open({ name: 'gone', ext_id: 'gone' });
    await told(house, 'DELETE', `/api/v1/tracked-run/${gone.id}`);
  });

  it.each<[string, string, object]>([
    ['PATCH', '/tracked-run/{id}', { name: 'other', tags: ['other'], status: 'failed' }],
    ['POST', '/tracked-run/{id}/points', { series: [{ name: 'loss', values: [1] }] }],
    ['POST', '/tracked-run/', { name: 'again', ext_id: 'gone' }],
    ['DELETE', '/tracked-run/{id}', {}],
  ])('%s %s says so, and changes nothing', async (method, path, body) => {
    const before = await kept();
    const answer = await told(house, method, `/api/v1${path.replace('{id}', `${gone.id}`)}`, body);
    expect(answer).toMatchObject(refusal(410, 'tracked-run-gone', /^Run \w+ was deleted;.* Start a new run\.$/));
    expect(await kept()).toEqual(before);
  });
});

describe('with a token of one project', () => {
  const bearerOf = async (project: number): Promise<Record<string, string>> => {
    const asked = { name: 'training', project_id: project };
    const { body } = await told<{ token: string }>(house, 'POST', '/api/v1/access-token/', asked);
    return { authorization: `Bearer ${body.token}` };
  };

  it('a run is not opened when the project has just been deleted', async () => {
    const { project_id: project } = await open({ name: 'one', project: 'short-lived' });
    const bearer = await bearerOf(project);
    const again = (): Promise<Told<unknown>> => told(house, 'POST', '/api/v1/tracked-run/', { name: 'two' }, bearer);
    expect((await again()).status).toBe(201);
    await house.ports.tracked.projects.remove(project);
    const before = await kept();
    // The token is still believed for a moment.
    expect(await again()).toMatchObject(
      refusal(404, 'tracked-project-not-found', new RegExp(`^There is no tracked project ${project}\\.`)),
    );
    expect(await kept()).toEqual(before);
  });

  it('nothing is imported into another project, and the file does not stay', async () => {
    const { project_id: project } = await open({ name: 'one', project: 'mine' });
    await open({ name: 'one', project: 'theirs' });
    const bearer = await bearerOf(project);
    const before = await kept();
    const form = formOf({ project: 'theirs' }, new Blob(['archive']), 'log.zip');
    const answer = await told(house, 'POST', '/api/v1/tracked-import/', form, bearer);
    expect(answer).toMatchObject(refusal(404, 'tracked-project-not-found', /^There is no tracked project theirs\./));
    expect(await kept()).toEqual(before);
    expect(await house.ports.storage.list('uploads')).toEqual([]);
  });
});

it.each([
  ['slug', 's'.repeat(300)],
  ['namespace', `${'n'.repeat(300)}/s`],
])('an import into a project whose %s is too long is refused, and the file does not stay', async (field, project) => {
  const before = await kept();
  const form = formOf({ project }, new Blob(['archive']), 'log.zip');
  const answer = await told(house, 'POST', '/api/v1/tracked-import/', form);
  expect(answer).toMatchObject(
    refusal(422, 'tracked-limit-passed', new RegExp(`^The field ${field} is too large: 255 characters at the most`)),
  );
  expect(await kept()).toEqual(before);
  expect(await house.ports.storage.list('uploads')).toEqual([]);
});

it('points with fewer places than values are refused, and none is stored', async () => {
  const { id } = await open({ name: 'uneven' });
  const before = await kept();
  const series = [
    { name: 'whole', values: [1] },
    { name: 'loss', xs: [0], values: [1, 2, 3] },
  ];
  const answer = await told(house, 'POST', `/api/v1/tracked-run/${id}/points`, { series });
  const detail = /^The field series\.1\.xs has 1 entries for 3 values\. Send one for each value/;
  expect(answer).toMatchObject(refusal(422, 'tracked-columns-uneven', detail));
  expect(await kept()).toEqual(before);
});

it('points of an API that ends are refused for a moment, not lost without a word', async () => {
  const { id } = await open({ name: 'late' });
  await house.ports.tracked.close();
  const before = await kept();
  const body = { series: [{ name: 'loss', values: [1] }] };
  const answer = await told(house, 'POST', `/api/v1/tracked-run/${id}/points`, body);
  expect(answer).toMatchObject(refusal(503, 'unavailable', /Try again in a moment\.$/));
  expect(await kept()).toEqual(before);
});
