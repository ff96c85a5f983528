import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { gatherRoutes, NotingLogger, unseenRefusals, untouchedRoutes } from './touched-routes.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-routes-'));
  file = join(folder, 'touched');
  vi.stubEnv('MILLRACE_TEST_ROUTES', '');
  gatherRoutes(file);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('knows which routes were answered with success, and which with which error of their own', async () => {
  const before = await unseenRefusals(file);
  expect(before.unseen).toHaveLength(before.declared);
  const refused = 'GET /api/v1/dataset/:id dataset-not-found';
  expect(before.unseen).toContain(refused);

  const log = new NotingLogger();
  const dataset = { method: 'GET', route: '/api/v1/dataset/:id' };
  log.child().info({ ...dataset, status: 404, code: 'dataset-not-found' }, 'request');
  log.info({ ...dataset, status: 200 }, 'another message');
  await log.flush();
  expect((await unseenRefusals(file)).unseen).toEqual(before.unseen.filter((one) => one !== refused));
  expect(await untouchedRoutes(file)).toContain('GET /api/v1/dataset/:id');

  log.info({ ...dataset, status: 200 }, 'request');
  await log.flush();
  expect(await untouchedRoutes(file)).not.toContain('GET /api/v1/dataset/:id');
});
