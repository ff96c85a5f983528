import { expect, it } from 'vitest';

import type { WireTrackedPoints, WireTrackedProject, WireTrackedRun, WireTrackedSeries } from '#contract';

import { call, data, get, post } from './client.js';

const LOSS = [3, 2, 1];

it('a run that a script logs is read and deleted, alone or with others', async () => {
  const open = (ext_id: string): Promise<WireTrackedRun> =>
    post('/v1/tracked-run/', { name: 'script', ext_id, params: { lr: 0.1 } });
  const run = await open('own-rest-1');
  const path = `/v1/tracked-run/${run.id}`;
  await post(`${path}/points`, { series: [{ name: 'loss', values: LOSS }] });

  const projects = await get<WireTrackedProject[]>('/v1/tracked-project/');
  expect(projects.map(({ id }) => id)).toContain(run.project_id);
  expect(await get(path)).toMatchObject({ id: run.id, ext_id: 'own-rest-1', name: 'script' });
  expect(await get(`${path}/params`)).toEqual({ lr: 0.1 });
  expect((await call('GET', `${path}/log`)).status).toBe(200);
  const [series] = await get<WireTrackedSeries[]>(`${path}/series`);
  expect(series).toMatchObject({ name: 'loss', count: 3, min: 1, max: 3 });
  const points = await get<WireTrackedPoints>(`${path}/series/${series!.id}/points`);
  expect(points).toMatchObject({ xs: [0, 1, 2], values: LOSS });
  const csv = await call<string>('GET', `${path}/series/${series!.id}/csv`);
  expect(csv.status).toBe(200);
  expect(csv.data.trim().split(/\r?\n/)).toHaveLength(1 + LOSS.length);

  await data('DELETE', path);
  expect((await call('GET', path)).status).toBe(410);
  const other = await open('own-rest-2');
  const removed = await call('DELETE', '/v1/tracked-run/', { json: { ids: [other.id, 2_000_000_000] } });
  expect(removed).toMatchObject({ status: 200, data: { removed: [other.id] } });
});
