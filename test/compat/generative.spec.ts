import { beforeAll, expect, it, vi } from 'vitest';

import { MODEL, newSession, OTHER, TASK, turnForm } from '../generative/talk.js';
import { a, call, data, enqueue, get, post, work } from './client.js';

interface Session {
  readonly id: number;
  readonly name: string;
}
interface Turn {
  readonly id: number;
  readonly output: readonly { readonly data: string }[];
}
const row = { id: a.number, task_name: TASK, model_name: MODEL, parameters: a.record, created: a.text, last_modified: a.text }; // prettier-ignore
let session: Session;

beforeAll(async () => {
  await expectDownloaded();
  session = await post('/v1/generative-session/', newSession('compat talk', { description: 'words' }));
});

/** As the client does it before a session: what has to be downloaded, its job, its state. */
async function expectDownloaded(): Promise<void> {
  const required = await post('/v1/component/downloads/required', { model_name: MODEL, parameters: {} });
  expect(required).toEqual([{ name: MODEL, display_name: a.text, parent: null, download_size_bytes: a.number }]);
  expect(await get(`/v1/component/${MODEL}/download`)).toEqual({ downloaded: false, requires_download: true });
  const { id } = await post<{ id: string }>(`/v1/component/${MODEL}/download`);
  expect(id).toEqual(expect.any(String));
  await vi.waitFor(async () => expect(await get(`/v1/job/status/${id}`)).toMatchObject({ status: 'finished' }), 60_000);
  expect(await get(`/v1/component/${MODEL}/download`)).toEqual({ downloaded: true, requires_download: true });
  expect(await post('/v1/component/downloads/required', { model_name: MODEL, parameters: {} })).toEqual([]);
}

const turn = (fields: Readonly<Record<string, string | Blob>>): Promise<Turn> =>
  data('POST', '/v1/generative-process/', { form: turnForm(session.id, fields) });

it('GET /v1/component/ has the tasks and their models', async () => {
  const tasks = await get('/v1/component/', { select_types: 'GenerativeTask' });
  expect(tasks).toContainEqual(expect.objectContaining({ name: TASK, type: 'GenerativeTask', display_name: a.text, description: a.text, metadata: expect.objectContaining({ inputs_types: a.list, inputs_cardinality: expect.anything() as unknown, outputs_types: a.list, outputs_cardinality: expect.anything() as unknown }) as unknown })); // prettier-ignore
  const models = await get('/v1/component/', { related_component: TASK });
  expect(models).toContainEqual(expect.objectContaining({ name: MODEL, type: 'GenerativeModel', schema: expect.objectContaining({ properties: a.record }) as unknown, downloaded: a.flag, metadata: expect.objectContaining({ requires_download: true }) as unknown })); // prettier-ignore
});

it('POST /v1/generative-session/ answers 201 with the name of its task', async () => {
  const made = await call<Session>('POST', '/v1/generative-session/', { json: newSession('made') });
  expect([made.status, made.data]).toEqual([201, { ...row, name: 'made', description: null, parameters: { max_tokens: 50, temperature: 0.5 }, display_name: a.text }]); // prettier-ignore
  const again = await call<{ detail: unknown }>('POST', '/v1/generative-session/', { json: newSession('made') });
  expect([again.status, again.data.detail]).toEqual([409, a.text]);
});

it('POST /v1/generative-session/ takes the whole form of the client as parameters', async () => {
  const parameters = { name: 'made by form', description: '', max_tokens: 50, temperature: 0.5 };
  const form = { ...newSession('made by form'), description: '', parameters };
  expect(await post('/v1/generative-session/', form)).toMatchObject({
    parameters: { max_tokens: 50, temperature: 0.5 },
  });
  const wrong = await call('POST', '/v1/generative-session/', { json: { ...form, parameters: { nmae: 'x' } } });
  expect(wrong.status).toBe(400);
});

it('GET /v1/generative-session without a slash, of a task too, and /{id}', async () => {
  const fields = { ...row, id: session.id, name: 'compat talk', description: 'words' };
  expect(await get(`/v1/generative-session/${session.id}`)).toEqual(fields);
  expect(await get('/v1/generative-session')).toContainEqual(fields);
  const sessions = await get<Session[]>('/v1/generative-session', { task_name: TASK });
  const ids = sessions.map(({ id }) => id);
  expect(ids).toContain(session.id);
  expect(ids).toEqual([...ids].sort((one, other) => one - other));
  expect(await get('/v1/generative-session', { task_name: 'RAGTask' })).toEqual([]);
});

it('PATCH /v1/generative-session/{id} by query without a body; 409 and 422 where the client tells them apart', async () => {
  const patch = (name: string) => call('PATCH', `/v1/generative-session/${session.id}`, { params: { name } });
  expect(await patch('compat talk 2')).toMatchObject({ status: 200, data: { id: session.id, name: 'compat talk 2' } });
  await post('/v1/generative-session/', newSession('taken'));
  expect(await patch('taken')).toMatchObject({ status: 409, data: { detail: a.text } });
  expect(await patch(' ')).toMatchObject({ status: 422, data: { detail: a.text } });
  await patch('compat talk');
});

it('PUT /v1/generative-session/{id}/parameters, and what was changed, under both of its addresses', async () => {
  const changed = { max_tokens: 40, temperature: 0.25 };
  const put = await call('PUT', `/v1/generative-session/${session.id}/parameters`, { json: changed });
  expect(put).toMatchObject({ status: 200, data: { id: session.id, parameters: changed } });
  const snapshots = await get<object[]>(`/v1/generative-session/${session.id}/parameters-history`);
  expect(snapshots.at(-1)).toEqual({ id: a.number, session_id: session.id, parameters: changed, modified_at: a.text });
  await data('PATCH', `/v1/generative-session/${session.id}`, { params: { model_name: OTHER } });
  await data('PATCH', `/v1/generative-session/${session.id}`, { params: { model_name: MODEL } });
  const events = await get<object[]>(`/v1/generative-session/parameters-history/${session.id}`);
  expect(events[0]).toEqual({ id: a.number, timestamp: a.text, changes: expect.arrayContaining([{ parameter: 'temperature', oldValue: 0.5, newValue: 0.25 }]) as unknown }); // prettier-ignore
  expect(events[1]).toMatchObject({ changes: [{ parameter: 'model', oldValue: MODEL, newValue: OTHER }] });
});

it('POST /v1/generative-process/ as a form of places, its job, GET /{id} and the whole conversation', async () => {
  const form = turnForm(session.id, { text_0: 'hello' });
  const made = await call<Turn>('POST', '/v1/generative-process/', { form });
  const times = { created: a.text, last_modified: a.text };
  expect([made.status, made.data]).toEqual([201, { ...times, id: a.number, session_id: session.id, status: 0, delivery_time: null, start_time: null, end_time: null, input: [{ id: a.number, data: 'hello', data_type: 'str', process_id: made.data.id, is_input: true }], output: [] }]); // prettier-ignore
  await work('GenerativeJob', { generative_process_id: made.data.id });
  const answered = await get<Turn>(`/v1/generative-process/${made.data.id}`);
  const output = [{ id: a.number, data: a.text, data_type: 'str', process_id: made.data.id, is_input: false }];
  expect(answered).toMatchObject({ ...times, status: 3, delivery_time: a.text, start_time: a.text, end_time: a.text, output }); // prettier-ignore
  const next = await turn({ input_0: 'and now' });
  await work('GenerativeJob', { generative_process_id: next.id });
  const turns = await get<Turn[]>(`/v1/generative-process/session/${session.id}`);
  expect(turns.map(({ id }) => id)).toEqual([made.data.id, next.id]);
  expect(turns[1]!.output[0]!.data).toContain('user=hello');
  expect((await call('DELETE', `/v1/generative-process/${next.id}`)).status).toBe(204);
  expect((await call('GET', `/v1/generative-process/${next.id}`)).status).toBe(404);
});

it('GET /v1/generative-process/file/{name} and /image/{name} give the bytes of what was sent along', async () => {
  const { data: made } = await call<{ id: number; input: { data: string; data_type: string }[] }>(
    'POST',
    '/v1/generative-process/',
    { form: turnForm(session.id, { text_0: 'look', file_1: new Blob(['<svg/>'], { type: 'image/svg+xml' }) }) },
  );
  expect(made.input.map(({ data_type: type }) => type)).toEqual(['str', 'File']);
  for (const address of ['file', 'image']) {
    const sent = await call<string>('GET', `/v1/generative-process/${address}/${made.input[1]!.data}`);
    expect([sent.status, sent.data]).toEqual([200, '<svg/>']);
  }
  await data('DELETE', `/v1/generative-process/${made.id}`);
});

it('DELETE of a job at work stops the answer', async () => {
  await data('PUT', `/v1/generative-session/${session.id}/parameters`, { json: { max_tokens: 100_000 } });
  const { id } = await turn({ text_0: 'slowly' });
  const job = await enqueue('GenerativeJob', { generative_process_id: id });
  expect((await call('DELETE', `/v1/job/${job}`)).status).toBe(204);
  await vi.waitFor(async () => expect(await get(`/v1/generative-process/${id}`)).toMatchObject({ status: 4, output: [] }), 60_000); // prettier-ignore
});

it('DELETE /v1/generative-session/{id}, and several with ids', async () => {
  const made = [];
  for (const name of ['one', 'two', 'three'])
    made.push(await post<Session>('/v1/generative-session/', newSession(`to go ${name}`)));
  const [first, ...others] = made.map(({ id }) => id);
  expect((await call('DELETE', `/v1/generative-session/${first}`)).status).toBe(204);
  expect((await call('DELETE', '/v1/generative-session/', { json: { ids: others } })).status).toBe(204);
  for (const { id } of made) expect((await call('GET', `/v1/generative-session/${id}`)).status).toBe(404);
});
