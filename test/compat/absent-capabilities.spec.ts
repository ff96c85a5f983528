import { expect, it } from 'vitest';

import { call, get } from './client.js';

interface Refusal {
  readonly code: string;
  readonly detail: string;
}

it('pages of pipelines open: GET /v1/pipelines, without a slash, and /nodes', async () => {
  expect(await get('/v1/pipelines')).toEqual([]);
  expect(await get('/v1/pipelines/nodes')).toEqual([]);
});

it('POST /v1/pipelines says that there are none here', async () => {
  const json = { name: 'p', steps: [{ id: 'a', type: 'DataSelector', label: 'a', config: {} }], edges: [], exploration: null, train: null, prediction: null }; // prettier-ignore
  expect(await call<Refusal>('POST', '/v1/pipelines', { json })).toMatchObject({ status: 501, data: { code: 'pipelines-not-offered', detail: 'This server has no pipelines. Prepare the data in a notebook and train models in a session.' } }); // prettier-ignore
});

it('pages of retrieval open: GET /v1/rag/chunking-presets and /retriever-presets', async () => {
  expect(await get('/v1/rag/chunking-presets')).toEqual([]);
  expect(await get('/v1/rag/retriever-presets', { top_k: 10 })).toEqual([]);
  expect((await call('GET', '/v1/rag/retriever-presets', { params: { top_k: 'many' } })).status).toBe(422);
});

// Of a session there is: test/e2e/generative.e2e.spec.ts, which has a model.
it.each([
  ['GET', '/v1/document/session/999999'],
  ['POST', '/v1/document/session/999999'],
  ['POST', '/v1/rag/sessions/999999/index'],
])('%s %s knows no such session', async (method, path) => {
  expect(await call<Refusal>(method, path)).toMatchObject({ status: 404, data: { code: 'generative-session-not-found' } }); // prettier-ignore
});
