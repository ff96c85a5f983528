import { describe, expect, it } from 'vitest';

import { ask, call, sha256 } from './caller.js';

const NOBODY = '2000000000';

describe('GraphQL', () => {
  const errors = async (query: string, variables: object = {}): Promise<string[]> => {
    const { status, body } = await call<{ errors: { message: string }[] }>('POST', '/graphql', {
      json: { query, variables },
    });
    expect(status).toBe(200);
    return body.errors.map(({ message }) => message);
  };
  const nested = (depth: number): string => `${'children { id '.repeat(depth)}${'}'.repeat(depth)}`;

  it.each([
    ['{ me {', /Syntax Error/],
    ['{ nobody }', /Cannot query field "nobody"/],
    ['query($s: Nothing!) { me { id } }', /Unknown type "Nothing"/],
    ['{ experimentById { id } }', /argument "id"/],
    [`{ project(id: 1) { nodes { id ${nested(30)} } } }`, /deeper than 25/],
    ['query Q { ...F } fragment F on Query { ...F }', /itself|costly/],
    [
      `{ ${Array.from({ length: 900 }, (_none, i) => `a${i}: experimentsPaginated(projectSlug: "p", limit: 500, offset: 0) { totalCount }`).join(' ')} }`,
      /Document contains more|costly/,
    ],
    [
      '{ searchExperimentsPaginated(pattern: "*", limit: 500, offset: 0) { experiments { metrics { id name } files { id name } project { nodes { id files: id } } a: project { projects: namespace { projects { namespace { projects { namespace { projects { id } } } } } } } } } }',
      /costly/,
    ],
    ['{ projectsPaginated(limit: -1, offset: 0) { totalCount } }', /start at 0/],
    ['mutation { updateUser(username: "root") { username } }', /access tokens/],
    ['subscription { me { id } }', /subscription/],
  ])('%.60s is refused in `errors`', async (query, message) => {
    expect((await errors(query)).join('\n')).toMatch(message);
  });

  it('takes a query of words, and nothing else', async () => {
    for (const json of [{}, { query: 5 }, { query: 'x'.repeat(100_001) }, { query: '{ me { id } }', variables: [1] }]) {
      expect((await call('POST', '/graphql', { json })).status).toBe(400);
    }
    expect(
      (await call('POST', '/graphql', { text: '{"query":"{ me { id } }","variables":{"__proto__":{}}}' })).status,
    ).toBe(400);
  });

  it('answers null for what is not there, and cuts pages', async () => {
    const query = `{ a: experimentById(id: "${NOBODY}") { id } b: experimentById(id: "x'; --") { id } c: project(id: "0") { id }
      d: project(namespaceSlug: "no", projectSlug: "no") { id } e: experimentNode(experimentId: "9999999999999") { id }
      f: experiment(projectSlug: "no", experimentName: "no") { id } g: experimentsPaginated(projectSlug: "no", limit: 9, offset: 0) { totalCount hasMore }
      h: projectsPaginated(limit: 100000, offset: 0) { hasMore } }`;
    expect(await ask(query)).toEqual({
      a: null, b: null, c: null, d: null, e: null, f: null, g: { totalCount: 0, hasMore: false }, h: { hasMore: false },
    }); // prettier-ignore
  });
});

describe('signing a device in', () => {
  it('wants a hash', async () => {
    for (const json of [{}, { device_secret_hash: 'x' }, { device_secret_hash: 5 }]) {
      expect((await call('POST', '/api/device/start', { json })).status).toBe(400);
      expect((await call('POST', '/api/device/poll', { json })).status).toBe(400);
    }
    expect(await call('POST', '/api/device/poll', { json: { device_secret_hash: sha256('nobody') } })).toMatchObject({
      status: 400,
      body: { error: 'expired_token' },
    });
  });

  it('knows no code that was not shown', async () => {
    expect((await call('GET', '/api/v1/device-login/BCDF-GHJK')).status).toBe(404);
    expect((await call('GET', '/api/v1/device-login/x')).status).toBe(422);
    expect((await call('POST', '/api/v1/device-login/BCDFGHJK', { json: { approve: true } })).status).toBe(404);
    expect((await call('POST', '/api/v1/device-login/BCDFGHJK', { json: {} })).status).toBe(422);
  });
});
