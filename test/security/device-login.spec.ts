import { createHash, randomUUID } from 'node:crypto';

import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { type RunningApi, startApi } from './running-api.js';

const TOKEN = 'a-token-that-nobody-guesses';
let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ MILLRACE_TOKEN: TOKEN });
});
afterAll(() => api.stop());

async function call(method: string, url: string, { json, bearer }: { json?: unknown; bearer?: string } = {}) {
  const answer = await api.app.inject({
    method: method as 'GET',
    url,
    headers: { host: 'models.example', ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
    ...(json === undefined ? {} : { payload: json as object }),
  });
  return {
    status: answer.statusCode,
    body: answer.body === '' ? ({} as Record<string, string>) : answer.json<Record<string, string>>(),
  };
}

const device = () => {
  const device_secret_hash = createHash('sha256').update(randomUUID()).digest('hex');
  return {
    start: () => call('POST', '/api/device/start', { json: { client_id: 'ml-dash-client', device_secret_hash } }),
    poll: () => call('POST', '/api/device/poll', { json: { client_id: 'ml-dash-client', device_secret_hash } }),
  };
};
const decide = (code: string, json: object, bearer = TOKEN) =>
  call('POST', `/api/v1/device-login/${code}`, { json, bearer });

it('a device is let in by whoever has the token, once, and its token lives a year', async () => {
  const { start, poll } = device();
  const { body: started } = await start();
  expect(started).toMatchObject({
    interval: 5,
    expires_in: 600,
    verification_uri: 'http://models.example/app/device.html',
  });
  const code = started['user_code']!;
  expect(code).toMatch(/^[B-Z2-9]{4}-[B-Z2-9]{4}$/);
  expect(await poll()).toMatchObject({ status: 400, body: { error: 'authorization_pending' } });
  expect(await poll()).toMatchObject({ status: 400, body: { error: 'slow_down' } });

  expect((await call('GET', `/api/v1/device-login/${code}`)).status).toBe(401);
  expect((await decide(code, { approve: true }, 'wrong')).status).toBe(401);
  const small = code.toLowerCase().replace('-', '');
  expect((await call('GET', `/api/v1/device-login/${small}`, { bearer: TOKEN })).body).toMatchObject({
    code,
    client: 'ml-dash-client',
    state: 'pending',
  });
  expect((await decide(code, { approve: true, owner: 'ann' })).status).toBe(204);
  expect((await decide(code, { approve: false })).status).toBe(404);

  const [first, second] = await Promise.all([poll(), poll()]);
  expect([first.status, second.status].sort()).toEqual([200, 400]);
  const access = (first.status === 200 ? first : second).body['access_token']!;
  expect((await poll()).body).toMatchObject({ error: 'expired_token' });

  expect((await call('POST', '/api/auth/exchange')).status).toBe(401);
  const { body } = await call('POST', '/api/auth/exchange', { bearer: access });
  const token = body['ml_dash_token']!;
  const claims = decodeJwt(token);
  expect(claims).toMatchObject({ sub: 'ann', username: 'ann', name: 'ann', given_name: 'ann', family_name: '' });
  expect(claims['email']).toContain('@');
  expect(claims.exp! - Date.now() / 1000).toBeGreaterThan(364 * 86_400);
  const me = await call('POST', '/graphql', { json: { query: '{ me { username } }' }, bearer: token });
  expect(me.body).toEqual({ data: { me: { username: 'ann' } } });

  // Neither token makes another.
  expect((await call('POST', '/api/auth/exchange', { bearer: access })).status).toBe(401);
  expect((await call('POST', '/api/auth/exchange', { bearer: token })).status).toBe(401);
  // And it lets nobody else in.
  const other = (await device().start()).body['user_code']!;
  expect((await decide(other, { approve: true }, token)).status).toBe(403);
});

it('a device that is turned away is told so', async () => {
  const { start, poll } = device();
  const code = (await start()).body['user_code']!;
  expect((await decide(code, { approve: false })).status).toBe(204);
  expect((await poll()).body).toMatchObject({ error: 'access_denied' });
  expect((await decide(code, { approve: true, project_id: 2_000_000_000 })).status).toBe(404);
});

it('a sign-in that has run out is over', async () => {
  const { start, poll } = device();
  const code = (await start()).body['user_code']!;
  await api.ports.db.query(`UPDATE tracked_device_login SET expires = now() - interval '1 second'`);
  expect((await poll()).body).toMatchObject({ error: 'expired_token' });
  expect((await decide(code, { approve: true })).status).toBe(404);
});

it('a device that begins anew is known by its new code', async () => {
  const { start, poll } = device();
  const old = (await start()).body['user_code']!;
  const code = (await start()).body['user_code']!;
  expect((await decide(old, { approve: true })).status).toBe(404);
  expect((await decide(code, { approve: true })).status).toBe(204);
  expect((await poll()).status).toBe(200);
});

it('a token of one project sees that project and no other', async () => {
  const open = async (slug: string, bearer: string) =>
    call('POST', '/api/namespaces/ann/nodes', { json: { type: 'EXPERIMENT', name: 'run', projectSlug: slug }, bearer });
  const mine = (await open('mine', TOKEN)).body as unknown as {
    project: { id: string };
    experiment: { id: string };
    node: { id: string };
  };
  const theirs = (await open('theirs', TOKEN)).body as unknown as typeof mine;
  const { start, poll } = device();
  const code = (await start()).body['user_code']!;
  await decide(code, { approve: true, owner: 'ann', project_id: Number(mine.project.id) });
  const { access_token: access } = (await poll()).body;
  const bearer = (await call('POST', '/api/auth/exchange', { bearer: access! })).body['ml_dash_token']!;

  expect((await open('mine', bearer)).status).toBe(200);
  for (const slug of ['theirs', 'new']) expect((await open(slug, bearer)).status).toBe(404);
  const statuses = async (id: string, node: string) => [
    (await call('GET', `/api/experiments/${id}/parameters`, { bearer })).status,
    (await call('POST', `/api/experiments/${id}/parameters`, { json: { data: { a: 1 } }, bearer })).status,
    (await call('GET', `/api/nodes/${node}`, { bearer })).status,
    (await call('PATCH', `/api/nodes/${node}`, { json: { description: 'd' }, bearer })).status,
  ];
  expect(await statuses(mine.experiment.id, mine.node.id)).toEqual([200, 200, 200, 200]);
  expect(await statuses(theirs.experiment.id, theirs.node.id)).toEqual([404, 404, 404, 404]);
  expect((await call('DELETE', `/api/nodes/${theirs.node.id}`, { bearer })).status).toBe(404);
  expect((await call('DELETE', `/api/projects/${theirs.project.id}`, { bearer })).status).toBe(404);
  expect((await call('DELETE', `/api/projects/${mine.project.id}`, { bearer })).status).toBe(403);

  const query = `{ mine: namespace(slug: "ann") { projects { slug } } none: namespace(slug: "bob") { slug }
    a: experimentById(id: "${mine.experiment.id}") { id } b: experimentById(id: "${theirs.experiment.id}") { id }
    c: project(id: "${theirs.project.id}") { id } d: experimentNode(experimentId: "${theirs.experiment.id}") { id }
    e: searchExperimentsPaginated(pattern: "*/*/*", limit: 50, offset: 0) { totalCount } f: projectsPaginated(limit: 9, offset: 0) { totalCount } }`;
  const { data } = (await call('POST', '/graphql', { json: { query }, bearer })).body as unknown as { data: object };
  expect(data).toEqual({
    mine: { projects: [{ slug: 'mine' }] }, none: null, a: { id: mine.experiment.id }, b: null, c: null, d: null, e: { totalCount: 1 },
    f: { totalCount: 1 },
  }); // prettier-ignore
});
