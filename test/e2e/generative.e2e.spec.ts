import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { WireGenerativeProcess, WireGenerativeSession } from '#contract';
import { type RunningMillrace, startMillrace } from '#testing';

import { tinyGguf } from '../generative/tiny-gguf.js';
import { MODEL, newSession, OTHER, TASK, turnForm as form } from '../generative/talk.js';
import { Caller } from './caller.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let models: string;
let millrace: RunningMillrace;
let api: Caller;
beforeAll(async () => {
  models = await mkdtemp(join(tmpdir(), 'millrace-models-'));
  await writeFile(join(models, `${MODEL}.gguf`), tinyGguf());
  await writeFile(join(models, `${OTHER}.gguf`), 'GIF89a, which is no model at all and long enough to hold a head');
  const engine = join(import.meta.dirname, '../generative/echo-engine.mjs');
  millrace = await startMillrace({
    backend: 'postgres',
    env: { MILLRACE_MODELS: models, MILLRACE_TEXT_ENGINE: engine, MILLRACE_MODEL_HUB: 'http://127.0.0.1:9' },
  });
  api = new Caller(millrace.url);
});
afterAll(async () => {
  await (millrace as RunningMillrace | undefined)?.stop();
  await rm(models, { recursive: true });
});

const create = (name: string, more: object = {}): Promise<WireGenerativeSession> =>
  api.ok('POST', '/generative-session/', newSession(name, more));

const turn = (session: number, text: string): Promise<WireGenerativeProcess> =>
  api.ok('POST', '/generative-process/', form(session, { text_0: text }));
const answered = async (session: number, text: string): Promise<WireGenerativeProcess> => {
  const { id } = await turn(session, text);
  await api.run('GenerativeJob', { generative_process_id: id });
  return api.ok('GET', `/generative-process/${id}`);
};

describe('a model', () => {
  const state = (name: string) => api.ok('GET', `/component/${name}/download`);

  it('is to be downloaded before anything else', async () => {
    expect(await state(MODEL)).toEqual({ downloaded: false, requires_download: true });
    const refused = await api.call<{ code: string }>('POST', '/generative-session/', newSession('too early'));
    expect([refused.status, refused.body.code]).toEqual([409, 'component-not-downloaded']);
    const required = await api.ok('POST', '/component/downloads/required', { model_name: MODEL, parameters: {} });
    expect(required).toEqual([
      { name: MODEL, parent: null, display_name: 'Qwen2.5 0.5B Instruct', download_size_bytes: 675_710_816 },
    ]);
  });

  it('that is no GGUF file is refused in one sentence and leaves nothing', async () => {
    const { id } = await api.ok<{ id: string }>('POST', `/component/${OTHER}/download`);
    const end = await api.end(id);
    expect(end.status).toBe('error');
    expect(end.error).toContain(`The model file of "${OTHER}" cannot be used`);
    expect(await state(OTHER)).toEqual({ downloaded: false, requires_download: true });
    expect(await readdir(join(millrace.home, 'data', 'downloads')).catch(() => [])).toEqual([]);
  });

  it('comes from the models directory, once', async () => {
    const { id } = await api.ok<{ id: string }>('POST', `/component/${MODEL}/download`);
    expect(await api.end(id)).toMatchObject({ status: 'finished', progress: 100 });
    expect(await state(MODEL)).toEqual({ downloaded: true, requires_download: true });
    expect(await api.ok('GET', `/component/${MODEL}/`)).toMatchObject({ type: 'GenerativeModel', downloaded: true });
    expect((await api.call('POST', `/component/${MODEL}/download`)).status).toBe(409);
    expect((await api.call('POST', '/component/Accuracy/download')).status).toBe(409);
    expect((await api.call('POST', '/component/Nobody/download')).status).toBe(404);
    const job = await api.submit('ComponentDownloadJob', { component_name: OTHER });
    expect((await api.end(job)).status).toBe('error');
  });

  it('that nobody can reach says so', async () => {
    const { id } = await api.ok<{ id: string }>('POST', '/component/Llama31_8BInstruct/download');
    const end = await api.end(id);
    expect([end.status, end.error]).toEqual([
      'error',
      expect.stringContaining('The download for "Llama31_8BInstruct" failed'),
    ]);
  });
});

describe('a session', () => {
  it('is created, read, listed and remembers its parameters', async () => {
    const made = await create('first');
    expect(made).toEqual({
      id: made.id,
      created: expect.any(String) as string,
      last_modified: expect.any(String) as string,
      task_name: TASK,
      model_name: MODEL,
      parameters: { max_tokens: 50, temperature: 0.5 },
      name: 'first',
      description: null,
      display_name: 'Text to Text',
    });
    const row = await api.ok<object>('GET', `/generative-session/${made.id}`);
    expect({ ...row, display_name: 'Text to Text' }).toEqual(made);
    expect(await api.ok('GET', `/generative-session?task_name=${TASK}`)).toEqual([row]);
    expect(await api.ok('GET', '/generative-session?task_name=RAGTask')).toEqual([]);
    expect(await api.ok('PUT', `/generative-session/${made.id}/parameters`, { temperature: 0.9 })).toEqual({
      id: made.id,
      parameters: { max_tokens: 50, temperature: 0.9 },
    });
    await api.ok('PATCH', `/generative-session/${made.id}?model_name=${OTHER}`);
    await api.ok('PATCH', `/generative-session/${made.id}`, { parameters: { max_tokens: 7 } });
    const back = await api.ok('PATCH', `/generative-session/${made.id}?model_name=${MODEL}&name=again&description=d`);
    expect(back).toMatchObject({ name: 'again', description: 'd', parameters: { max_tokens: 50, temperature: 0.9 } });
    await api.ok('PUT', `/generative-session/${made.id}/parameters`, {});
    type Event = { changes: { parameter: string; oldValue: unknown; newValue: unknown }[] };
    const events = await api.ok<Event[]>('GET', `/generative-session/parameters-history/${made.id}`);
    expect(events.map(({ changes }) => changes)).toEqual([
      [{ parameter: 'temperature', oldValue: 0.5, newValue: 0.9 }],
      [{ parameter: 'model', oldValue: MODEL, newValue: OTHER }],
      [{ parameter: 'max_tokens', oldValue: 100, newValue: 7 }],
      [{ parameter: 'model', oldValue: OTHER, newValue: MODEL }],
      [],
    ]);
    const history = await api.ok<object[]>('GET', `/generative-session/${made.id}/parameters-history`);
    expect(history).toHaveLength(6);
    expect(Object.keys(history[0]!)).toEqual(['id', 'session_id', 'parameters', 'modified_at']);
    await api.ok('DELETE', '/generative-session/', { ids: [made.id, 999_999] });
    expect(await api.ok('GET', '/generative-session')).toEqual([]);
  });

  it('has no documents, and says that there is no retrieval', async () => {
    const { id } = await create('with documents');
    expect(await api.ok('GET', `/document/session/${id}`)).toEqual([]);
    const document = new FormData();
    document.set('file', new Blob(['text']), 'a.txt');
    document.set('metadata', JSON.stringify({ file_name: 'a.txt' }));
    const refused = { status: 501, body: { code: 'retrieval-not-offered' } };
    expect(await api.call('POST', `/document/session/${id}`, document)).toMatchObject(refused);
    expect(await api.call('POST', `/rag/sessions/${id}/index`)).toMatchObject(refused);
    await api.ok('DELETE', `/generative-session/${id}`);
  });

  it('refuses what cannot be', async () => {
    const { id } = await create('taken');
    const post = (more: object) => api.call<{ code: string }>('POST', '/generative-session/', newSession('new', more));
    const refusals: [Promise<{ status: number; body: { code: string } }>, number, string][] = [
      [post({ model_name: 'Nobody' }), 400, 'not-generative'],
      [post({ model_name: 'RandomForestClassifier' }), 400, 'not-generative'],
      [post({ model_name: '../../etc/passwd' }), 400, 'not-generative'],
      [post({ task_name: 'RegressionTask' }), 400, 'not-generative'],
      [post({ parameters: { temperature: 3 } }), 400, 'generative-parameters-invalid'],
      [post({ parameters: { surprise: 1 } }), 400, 'generative-parameters-invalid'],
      [post({ name: 'taken' }), 409, 'name-exists'],
      [post({ name: '  ' }), 422, 'name-empty'],
      [api.call('PATCH', `/generative-session/${id}?name=%20`), 422, 'name-empty'],
      [api.call('PATCH', `/generative-session/${id}?model_name=Accuracy`), 400, 'not-generative'],
      [api.call('PATCH', '/generative-session/999999?name=x'), 404, 'generative-session-not-found'],
      [
        api.call('PUT', `/generative-session/${id}/parameters`, { max_tokens: 0 }),
        400,
        'generative-parameters-invalid',
      ],
      [api.call('PUT', '/generative-session/999999/parameters', {}), 404, 'generative-session-not-found'],
      [api.call('GET', '/generative-session/999999'), 404, 'generative-session-not-found'],
      [api.call('GET', '/generative-session/999999/parameters-history'), 404, 'generative-session-not-found'],
      [api.call('GET', '/generative-session/parameters-history/999999'), 404, 'generative-session-not-found'],
      [api.call('DELETE', '/generative-session/999999'), 404, 'generative-session-not-found'],
    ];
    for (const [answer, status, code] of refusals) {
      const { status: given, body } = await answer;
      expect([given, body.code]).toEqual([status, code]);
    }
    expect((await api.call('PATCH', `/generative-session/${id}`)).status).toBe(304);
  });
});

describe('a turn', () => {
  let session: number;
  beforeAll(async () => {
    session = (await create('talk')).id;
  });

  it('is answered, and the next one knows it', async () => {
    const made = await turn(session, 'hello');
    expect(made).toMatchObject({ session_id: session, status: 0, delivery_time: null, output: [] });
    expect(made.input).toEqual([
      { id: made.input[0]!.id, data: 'hello', data_type: 'str', process_id: made.id, is_input: true },
    ]);
    await api.run('GenerativeJob', { generative_process_id: made.id });
    const first = await api.ok<WireGenerativeProcess>('GET', `/generative-process/${made.id}`);
    expect(first.status).toBe(3);
    const said = 'heard hello | before: nothing | temperature 0.5 | seed true';
    expect(first.output).toEqual([
      { id: first.output[0]!.id, data: said, data_type: 'str', process_id: made.id, is_input: false },
    ]);
    expect(await api.ok('GET', `/generative-process/${made.id}/results`)).toEqual(first.output);
    await api.ok('PUT', `/generative-session/${session}/parameters`, { temperature: 0 });
    const second = await answered(session, 'and now');
    expect(second.output[0]!.data).toBe(
      `heard and now | before: user=hello; assistant=${said} | temperature 0 | seed true`,
    );
    const turns = await api.ok<WireGenerativeProcess[]>('GET', `/generative-process/session/${session}`);
    expect(turns.map(({ id }) => id)).toEqual([first.id, second.id]);
    await api.run('GenerativeJob', { generative_process_id: second.id });
    expect((await api.ok<WireGenerativeProcess>('GET', `/generative-process/${second.id}`)).output).toHaveLength(1);
  });

  it('tells its words while it is written, and stops when it is cancelled', async () => {
    await api.ok('PUT', `/generative-session/${session}/parameters`, { max_tokens: 100_000 });
    const { id } = await turn(session, 'slowly {{name}} $t(training)');
    const job = await api.submit('GenerativeJob', { generative_process_id: id });
    const told = new Set<string>();
    while (told.size < 3) {
      const { status, progress_message: words } = await api.ok<{ status: string; progress_message: string | null }>(
        'GET',
        `/job/status/${job}`,
      );
      expect(['not_started', 'started']).toContain(status);
      if (words?.startsWith('heard slowly') === true) told.add(words);
    }
    for (const words of told) expect(words).toMatch(/^heard slowly \{\{name\}\} \$t\(training\)/);
    await api.ok('DELETE', `/job/${job}`);
    expect((await api.end(job)).status).toBe('cancelled');
    const stopped = await api.ok<WireGenerativeProcess>('GET', `/generative-process/${id}`);
    expect([stopped.status, stopped.output]).toEqual([4, []]);
    await api.ok('PUT', `/generative-session/${session}/parameters`, { max_tokens: 50 });
    expect((await answered(session, 'later')).output[0]!.data).not.toContain('slowly');
  });

  it('that fails says why and leaves no answer', async () => {
    const { id } = await turn(session, 'fail');
    const end = await api.end(await api.submit('GenerativeJob', { generative_process_id: id }));
    expect(end.status).toBe('error');
    expect(await api.ok('GET', `/generative-process/${id}`)).toMatchObject({ status: 4, output: [] });
  });

  it('keeps files as media of its own, which no page runs', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const made = await api.ok<WireGenerativeProcess>(
      'POST',
      '/generative-process/',
      form(session, {
        file_1: new Blob([svg], { type: 'image/svg+xml' }),
        text_2: 'what is it',
        file_0: new Blob([PNG]),
      }),
    );
    expect(made.input.map(({ data_type: type }) => type)).toEqual(['Image', 'File', 'str']);
    const [picture, drawing] = made.input.map(({ data }) => data);
    const answer = await fetch(`${millrace.url}/api/v1/generative-process/file/${picture!}`);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
    const other = await fetch(`${millrace.url}/api/v1/generative-process/image/${drawing!}`);
    expect(other.headers.get('content-type')).toBe('application/octet-stream');
    expect(other.headers.get('content-security-policy')).toContain('sandbox');
    expect(other.headers.get('content-disposition')).toContain('attachment');
    const job = new URLSearchParams({ job_type: 'GenerativeJob', kwargs: `{"generative_process_id":${made.id}}` });
    const refused = await api.call<{ code: string }>('POST', '/job/', job);
    expect([refused.status, refused.body.code]).toEqual([422, 'generative-input-invalid']);
    const files = (): Promise<string[]> => readdir(join(millrace.home, 'data', 'media'));
    expect(await files()).toHaveLength(2);
    await api.ok('DELETE', `/generative-process/${made.id}`);
    expect(await files()).toEqual([]);
    expect(await readdir(join(millrace.home, 'data', 'uploads'))).toEqual([]);
    for (const name of [picture!, '..%2f..%2fetc%2fpasswd', 'x.png', `${'a'.repeat(36)}.png`]) {
      const gone = await api.call<{ code: string }>('GET', `/generative-process/file/${name}`);
      expect([gone.status, gone.body.code]).toEqual([404, 'media-not-found']);
    }
  });

  it('refuses what cannot be', async () => {
    const post = (body: unknown) => api.call<{ code: string; detail: unknown }>('POST', '/generative-process/', body);
    const unknown = await post(form(999_999, { text_0: 'x' }));
    expect([unknown.status, unknown.body.detail]).toEqual([
      404,
      expect.stringContaining('Session with ID 999999 does not exist.'),
    ]);
    expect(await post({ session_id: session, text_0: 'x' })).toMatchObject({ status: 422, body: { code: 'form-due' } });
    const nameless = new FormData();
    nameless.set('text_0', 'x');
    expect((await post(nameless)).status).toBe(422);
    expect((await post(form(session, {}))).body.code).toBe('generative-input-invalid');
    expect((await post(form(session, { text: 'x' }))).body.code).toBe('generative-input-invalid');
    const two = await api.ok<WireGenerativeProcess>(
      'POST',
      '/generative-process/',
      form(session, { a_0: 'x', b_1: 'y' }),
    );
    const job = new URLSearchParams({ job_type: 'GenerativeJob', kwargs: `{"generative_process_id":${two.id}}` });
    expect((await api.call('POST', '/job/', job)).status).toBe(422);
    for (const [method, path] of [
      ['GET', '/generative-process/999999'],
      ['GET', '/generative-process/999999/results'],
      ['DELETE', '/generative-process/999999'],
    ] as const) {
      expect((await api.call<{ code: string }>(method, path)).body.code).toBe('generative-process-not-found');
    }
    expect(await api.ok('GET', '/generative-process/session/999999')).toEqual([]);
  });

  it('goes with its session, also while it runs', async () => {
    const { id: gone } = await create('short', { parameters: { max_tokens: 100_000 } });
    const { id } = await turn(gone, 'slowly');
    const job = await api.submit('GenerativeJob', { generative_process_id: id });
    await api.ok('POST', '/generative-process/', form(gone, { file_0: new Blob([PNG]) }));
    await api.ok('DELETE', `/generative-session/${gone}`);
    expect((await api.end(job)).status).toBe('cancelled');
    expect(await readdir(join(millrace.home, 'data', 'media'))).toEqual([]);
    expect((await api.call('GET', `/generative-process/${id}`)).status).toBe(404);
  });

  it('needs the model it was made for', async () => {
    await api.ok('DELETE', `/component/${MODEL}/download`);
    const { id } = await turn(session, 'anyone?');
    const end = await api.end(await api.submit('GenerativeJob', { generative_process_id: id }));
    expect([end.status, end.error]).toEqual(['error', expect.stringContaining('must be downloaded first')]);
  });
});
