import { expect, it } from 'vitest';

import { apiHouse, formOf, told } from '../api.fixture.js';

const house = apiHouse();

it.each([
  ['/rag/sessions/{id}/index', () => ({})],
  ['/document/session/{id}', () => formOf({}, new Blob(['text']), 'a.txt')],
])('POST %s of a session that is there says that retrieval is not offered, and keeps nothing', async (path, body) => {
  const [{ id }] = await house.ports.db.query<[{ id: number }]>(
    `INSERT INTO generative_session (name, task_name, model_name, parameters) VALUES ($1, 't', 'm', '{}') RETURNING id`,
    [path],
  );
  const answer = await told(house, 'POST', `/api/v1${path.replace('{id}', `${id}`)}`, body());
  expect(answer).toMatchObject({
    status: 501,
    body: {
      code: 'retrieval-not-offered',
      detail: expect.stringMatching(/^This server has no retrieval over documents\./) as string,
    },
  });
  expect(await house.ports.storage.list('uploads')).toEqual([]);
});
