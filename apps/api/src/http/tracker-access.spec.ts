import { tmpdir } from 'node:os';

import { Controller, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignJWT } from 'jose';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createLogger, loadConfig } from '#config';
import { type InputOf, route } from '#contract';
import { openDatabase } from '#persistence';
import { DiskStorage } from '#storage';
import { testDatabase } from '#testing';
import { openTrackingStore } from '#tracking';
import { AccessTokenReader, issueAccessToken, type Ports, revokeAccessToken } from '#workflow';

import type { Call } from './call.js';
import { createHttpApp } from './http-app.js';
import { Implements } from './implements.decorator.js';

const Who = z.object({ user: z.string(), projectId: z.int().nullable(), size: z.int() });
const common = { tag: 'test', summary: 'For this test', status: 200, answer: Who } as const;
const body = z.object({ text: z.string() });
const testRoutes = {
  tracker: route({ ...common, method: 'GET', path: '/project', dialect: 'swanlab' }),
  write: route({ ...common, method: 'POST', path: '/project', dialect: 'swanlab', body }),
  mlDash: route({ ...common, method: 'POST', path: '/experiments', dialect: 'ml-dash', body }),
  matyan: route({ ...common, method: 'GET', path: '/rest/runs', dialect: 'matyan' }),
  ours: route({ ...common, method: 'GET', path: '/tracked-run/' }),
  platform: route({ ...common, method: 'GET', path: '/dataset/' }),
  open: route({ ...common, method: 'GET', path: '/health/live', open: true }),
};

@Controller()
class TestController {
  @Implements(testRoutes.tracker)
  tracker(_input: InputOf<typeof testRoutes.tracker>, { caller }: Call) {
    return { ...caller, size: 0 };
  }

  @Implements(testRoutes.write)
  write({ body: { text } }: InputOf<typeof testRoutes.write>, { caller }: Call) {
    return { ...caller, size: text.length };
  }

  @Implements(testRoutes.mlDash)
  mlDash({ body: { text } }: InputOf<typeof testRoutes.mlDash>, { caller }: Call) {
    return { ...caller, size: text.length };
  }

  @Implements(testRoutes.matyan)
  matyan(_input: InputOf<typeof testRoutes.matyan>, { caller }: Call) {
    return { ...caller, size: 0 };
  }

  @Implements(testRoutes.ours)
  ours(_input: InputOf<typeof testRoutes.ours>, { caller }: Call) {
    return { ...caller, size: 0 };
  }

  @Implements(testRoutes.platform)
  platform(_input: InputOf<typeof testRoutes.platform>, { caller }: Call) {
    return { ...caller, size: 0 };
  }

  @Implements(testRoutes.open)
  open(_input: InputOf<typeof testRoutes.open>, { caller }: Call) {
    return { ...caller, size: 0 };
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

const OPERATORS = 'the-token-of-the-operator';
let ports: Ports;
let db: DataSource;
let drop: () => Promise<void>;
let projectId: number;
beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  drop = database.drop;
  db = await openDatabase(database.url, { poolSize: 2 });
  ports = { db, tracked: openTrackingStore(db, new DiskStorage(tmpdir())) } as unknown as Ports;
  const [row] = await db.query<[{ id: number }]>(
    `INSERT INTO tracked_project (namespace, slug, name) VALUES ('ann', 'vision', 'vision') RETURNING id`,
  );
  projectId = row.id;
});
afterAll(async () => {
  await db.destroy();
  await drop();
});

const apps: NestFastifyApplication[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

/** An API of its own: another cache, as another process has. */
async function start(env: Record<string, string> = {}, lines: unknown[] = []) {
  const tokens = new AccessTokenReader(db);
  const keep = (...line: unknown[]): void => void lines.push(JSON.stringify(line));
  const app = await createHttpApp(TestModule, {
    config: loadConfig(env),
    log: { ...createLogger('silent'), info: keep, warn: keep, error: keep },
    storeFile: { fieldBytes: 1000, store: () => Promise.reject(new Error()), discard: () => Promise.resolve() },
    readToken: (token) => tokens.read(token),
  });
  await app.init();
  apps.push(app);
  return async (path: string, headers: Record<string, string> = {}, payload?: object) => {
    const method = payload === undefined ? 'GET' : 'POST';
    const answer = await app.inject({
      method,
      url: path,
      headers: { host: 'localhost', ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<Record<string, unknown>>() };
  };
}
const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
const basic = (text: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});
const issue = (given: { projectId?: number } = {}) =>
  issueAccessToken(ports, { name: 'a script', owner: 'ann', days: 1, ...given });

describe.each([
  ['an open server', {}],
  ['a server with a token', { MILLRACE_TOKEN: OPERATORS }],
])('an access token at %s', (_what, env) => {
  it('opens the routes of trackers, for its owner and project, however it is carried', async () => {
    const { token } = await issue({ projectId });
    const ask = await start(env);
    const who = { user: 'ann', projectId, size: 0 };
    for (const headers of [bearer(token), basic(`${token}:`), basic(`${token}:x`), basic(`ann:${token}`)]) {
      expect((await ask('/api/v1/project', headers)).body).toEqual(who);
      expect((await ask('/api/v1/tracked-run/', headers)).body).toEqual(who);
    }
    expect((await ask(`/t/${token}/api/v1/project`)).body).toEqual(who);
    expect((await ask(`/t/${token}/api/v1/project?x=1`, bearer('whatever'))).body).toEqual(who);
    expect((await ask('/api/v1/project', bearer((await issue()).token))).body).toEqual({ ...who, projectId: null });
  });

  it('opens nothing else, not even what is not there', async () => {
    const { token } = await issue();
    const ask = await start(env);
    for (const path of ['/api/v1/dataset/', '/api/v1/access-token/', '/docs', '/nothing', '/']) {
      expect(await ask(path, bearer(token))).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(await ask(`/t/${token}${path}`)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect((await ask('/api/v1/health/live', bearer(token))).status).toBe(200);
  });

  it('is refused in every process soon after it was revoked', async () => {
    const { token, row } = await issue();
    const [here, there] = [await start(env), await start(env)];
    for (const ask of [here, there]) expect((await ask('/api/v1/project', bearer(token))).status).toBe(200);
    await revokeAccessToken(ports, row.id);
    await expect.poll(async () => (await here('/api/v1/project', bearer(token))).status, { timeout: 5000 }).toBe(401);
    await expect.poll(async () => (await there('/api/v1/project', bearer(token))).status, { timeout: 5000 }).toBe(401);
    const refused = await here('/api/v1/project', bearer(token));
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    expect(refused.body['code']).toBe(3401);
    // A probe does not ask who comes.
    expect((await here('/api/v1/health/live', bearer(token))).status).toBe(200);
  });

  it('is refused when it ran out, when its project is gone and when it is forged', async () => {
    const ask = await start(env);
    const { token, row } = await issue();
    const [head, claims, signature] = token.split('.') as [string, string, string];
    const forged = (change: object): string =>
      Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), ...change })).toString(
        'base64url',
      );
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const [{ secret }] = await db.query<[{ secret: Buffer }]>('SELECT secret FROM access_token_key');
    const tokens = [
      `${head}.${forged({ sub: 'bob' })}.${signature}`,
      `${head}.${forged({ exp: 9999999999 })}.${signature}`,
      `${head}.${claims}.${'A'.repeat(43)}`,
      `${none}.${claims}.`,
      `${none}.${claims}.${signature}`,
      // Signed with our own key, and yet in no row.
      await new SignJWT({ sub: 'ann' })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('millrace')
        .setExpirationTime('1h')
        .sign(new Uint8Array(secret)),
    ];
    for (const one of tokens) expect([one, (await ask('/api/v1/project', bearer(one))).status]).toEqual([one, 401]);
    await db.query(`UPDATE access_token SET expires = now() - interval '1 second' WHERE id = $1`, [row.id]);
    expect((await ask('/api/v1/project', bearer(token))).status).toBe(401);
    const [{ id }] = await db.query<[{ id: number }]>(
      `INSERT INTO tracked_project (namespace, slug, name, deleted_at) VALUES ('ann', 'old', 'old', NULL) RETURNING id`,
    );
    const scoped = await issue({ projectId: id });
    await db.query('UPDATE tracked_project SET deleted_at = now() WHERE id = $1', [id]);
    expect((await ask('/api/v1/project', bearer(scoped.token))).status).toBe(401);
  });

  it('in the address or in Basic is an access token or nothing, and in no line of the log', async () => {
    const { token } = await issue();
    const lines: string[] = [];
    const ask = await start(env, lines);
    for (const other of [OPERATORS, 'x', '%00', '', `${token}x`]) {
      expect([other, (await ask(`/t/${other}/api/v1/project`)).status]).toEqual([other, 401]);
      if (other !== '') expect((await ask('/api/v1/project', basic(`${other}:`))).status).toBe(401);
    }
    await ask(`/t/${token}/api/v1/project`);
    await ask(`/t/${token}/%c0%af`);
    await ask(`/t/${token}`);
    expect(lines.join('\n')).toContain('/api/v1/project');
    expect(lines.join('\n')).not.toContain(token);
    expect(lines.join('\n')).not.toContain(OPERATORS);
  });

  it('in Basic is sent by browsers themselves, so pages of others change nothing with it', async () => {
    const { token } = await issue();
    const ask = await start(env);
    const origin = { origin: 'http://evil.com' };
    expect(await ask('/api/v1/project', { ...basic(`${token}:`), ...origin }, { text: '' })).toMatchObject({
      status: 403,
      body: { code: 3403 },
    });
    expect((await ask('/api/v1/project', { ...bearer(token), ...origin }, { text: 'abc' })).body['size']).toBe(3);
  });

  it('says when it was used last, a minute exact', async () => {
    const { token, row } = await issue();
    const used = async (): Promise<Date | null> => {
      const [one] = await db.query<[{ last_used: Date | null }]>('SELECT last_used FROM access_token WHERE id = $1', [
        row.id,
      ]);
      return one.last_used;
    };
    expect(await used()).toBeNull();
    await (
      await start(env)
    )('/api/v1/project', bearer(token));
    const first = await used();
    expect(first).not.toBeNull();
    await (
      await start(env)
    )('/api/v1/project', bearer(token));
    expect(await used()).toEqual(first);
  });
});

describe('who comes without an access token', () => {
  it('is the operator of an open server, whatever token a client was made to send', async () => {
    const ask = await start();
    const foreign = await new SignJWT({ sub: 'x', iss: 'elsewhere' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new Uint8Array(32));
    for (const headers of [{}, bearer('junk'), bearer(foreign), bearer(OPERATORS)] as Record<string, string>[]) {
      expect((await ask('/api/v1/project', headers)).body).toEqual({ user: 'local', projectId: null, size: 0 });
    }
  });

  it('needs the token of the server where there is one', async () => {
    const ask = await start({ MILLRACE_TOKEN: OPERATORS });
    for (const headers of [{}, bearer('junk')] as Record<string, string>[]) {
      expect((await ask('/api/v1/project', headers)).status).toBe(401);
    }
    expect((await ask('/api/v1/dataset/', bearer(OPERATORS))).body['user']).toBe('local');
    expect((await ask('/api/v1/project', bearer(OPERATORS))).body['user']).toBe('local');
  });
});

describe('limits of the routes of trackers', () => {
  it.each([
    [
      'ML-Dash, whose client drops what a 4xx refused,',
      '/api/v1/experiments',
      { text: '' },
      { code: 'too-many-requests' },
    ],
    ['matyan', '/api/v1/rest/runs', undefined, { error: { code: 'internal_error' } }],
  ])('are told to %s as 503 with the seconds to wait', async (_whose, path, payload, body) => {
    const ask = await start({ MILLRACE_TRACKER_RATE: '1' });
    let answer = await ask(path, {}, payload);
    while (answer.status === 200) answer = await ask(path, {}, payload);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body });
  });

  it('answer 429 with Retry-After, each token for itself', async () => {
    const ask = await start({ MILLRACE_TRACKER_RATE: '1' });
    const { token } = await issue();
    const statuses = [];
    for (let asked = 0; asked < 8; asked++) statuses.push((await ask('/api/v1/project')).status);
    expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
    const refused = await ask('/api/v1/project');
    expect(refused).toMatchObject({ status: 429, body: { code: 3429 } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect((await ask('/api/v1/project', bearer(token))).status).toBe(200);
    expect((await ask('/api/v1/dataset/')).status).toBe(200);
  });

  it('take bodies of their own size, of a sane depth, without a prototype', async () => {
    const ask = await start({ MILLRACE_BODY_BYTES: '2000', MILLRACE_TRACKER_BODY_BYTES: '9000' });
    expect((await ask('/api/v1/project', {}, { text: 'x'.repeat(8000) })).body['size']).toBe(8000);
    expect((await ask('/api/v1/project', {}, { text: 'x'.repeat(9000) })).body['code']).toBe(3413);
    let deep: object = { text: '' };
    for (let level = 0; level < 200; level++) deep = { text: deep };
    expect((await ask('/api/v1/project', {}, deep)).status).toBe(422);
    const headers = { 'content-type': 'application/json' };
    expect(
      (await ask('/api/v1/project', headers, JSON.parse('{"text":"","__proto__":{"a":1}}') as object)).status,
    ).toBe(422);
  });
});
