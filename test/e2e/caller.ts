import { setTimeout as sleep } from 'node:timers/promises';

/** One short line that says what is wrong and what to do, in two sentences, and nothing of the machine. */
export const SENTENCE = /^(?!.*(?:\/tmp|\bat \w+ \(|undefined|NaN|\{\{))[^\n]{10,300}\. [A-Z][^\n]{10,200}\.$/;

/** An answer with its parsed body. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** Calls the API as the real client does: JSON bodies, multipart forms, repeated keys. */
export class Caller {
  constructor(
    readonly url: string,
    private readonly language = 'en',
  ) {}

  async call<T = never>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const json = body !== undefined && !(body instanceof FormData) && !(body instanceof URLSearchParams);
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { 'accept-language': this.language, ...(json ? { 'content-type': 'application/json' } : {}) },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as FormData) }),
    });
    const text = await response.text();
    const parsed = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as unknown) : text;
    return { status: response.status, body: parsed as T, headers: response.headers };
  }

  /** The body of a call that must succeed. */
  async ok<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Submits a job as the real client does. */
  async submit(type: string, kwargs: object, file?: { name: string; content: Blob }): Promise<string> {
    const form = new FormData();
    form.set('job_type', type);
    form.set('kwargs', JSON.stringify(kwargs));
    if (file) form.set('file', file.content, file.name);
    return (await this.ok<{ id: string }>('POST', '/job/', form)).id;
  }

  /** Waits for a job's end and answers its status. */
  async end(
    id: string,
    timeoutMs = 90_000,
  ): Promise<{ status: string; error: string | null; progress: number | null }> {
    const late = Date.now() + timeoutMs;
    for (;;) {
      const status = await this.ok<{ status: string; error: string | null; progress: number | null }>(
        'GET',
        `/job/status/${id}`,
      );
      if (!['not_started', 'started'].includes(status.status)) return status;
      if (Date.now() > late) throw new Error(`job ${id} is still ${status.status}`);
      await sleep(50);
    }
  }

  /** Runs a job that must finish. */
  async run(type: string, kwargs: object, file?: { name: string; content: Blob }): Promise<void> {
    const end = await this.end(await this.submit(type, kwargs, file));
    if (end.status !== 'finished') throw new Error(`${type} ended as ${end.status}: ${end.error ?? ''}`);
  }

  /** A data set from CSV text, by the real client's three steps. */
  async dataset(
    name: string,
    csv: string,
    params: object = {},
  ): Promise<{ id: number; file_path: string; total_rows: number }> {
    const { id } = await this.ok<{ id: number }>('POST', '/dataset/', { name });
    const kwargs = {
      dataset_id: id,
      notebook_id: null,
      url: '',
      params: { dataloader: 'CSVDataLoader', name, ...params },
    };
    await this.run('DatasetJob', kwargs, { name: `${name}.csv`, content: new Blob([csv], { type: 'text/csv' }) });
    return this.ok('GET', `/dataset/${id}`);
  }
}
