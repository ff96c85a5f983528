import { describe, expect, it } from 'vitest';

import { createClient, HttpError } from '#client';

const busy = (headers: Record<string, string> = {}): Response =>
  Response.json({ detail: 'away', code: 'unavailable', values: { service: 'api' } }, { status: 503, headers });

/** A client whose tries are answered one after the other; the last answer stays. */
function answering(
  answers: readonly (() => Response | Promise<Response>)[],
  options: object = {},
): { tries: string[]; client: ReturnType<typeof createClient> } {
  const tries: string[] = [];
  const fake = (async (url: string, init: RequestInit) => {
    const answer = answers[Math.min(tries.length, answers.length - 1)]!;
    tries.push(`${init.method} ${url}`);
    return answer();
  }) as typeof fetch;
  return { tries, client: createClient({ baseUrl: 'http://x', fetch: fake, retryBaseMs: 1, ...options }) };
}
const broken = (): never => {
  throw new TypeError('fetch failed');
};

describe('patience', () => {
  it('asks a busy server again, after the pause it asks for', async () => {
    const { tries, client } = answering([() => busy({ 'retry-after': '0' }), () => busy(), () => Response.json([])]);
    expect(await client.dataset.list()).toEqual([]);
    expect(tries).toHaveLength(3);
  });

  it('gives up after its tries and says what the server said', async () => {
    const { tries, client } = answering([() => busy({ 'retry-after': '0' })], { retries: 1 });
    await expect(client.dataset.list()).rejects.toMatchObject({ status: 503, code: 'unavailable', retryAfterMs: 0 });
    expect(tries).toHaveLength(2);
  });

  it('does not wait for a server that wants an hour', async () => {
    const { tries, client } = answering([() => busy({ 'retry-after': '3600' })]);
    await expect(client.dataset.list()).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
    expect(tries).toHaveLength(1);
  });

  it('never sends twice what may not be', async () => {
    const { tries, client } = answering([() => busy({ 'retry-after': '0' })]);
    await expect(client.dataset.create({ body: { name: 'a' } })).rejects.toBeInstanceOf(HttpError);
    await expect(client.job.submit({ form: { job_type: 'x' } })).rejects.toBeInstanceOf(HttpError);
    expect(tries).toHaveLength(2);
  });

  it('repeats reads over a broken line, but no deletion', async () => {
    const { tries, client } = answering([broken]);
    await expect(client.dataset.list()).rejects.toThrow('fetch failed');
    expect(tries).toHaveLength(3);
    await expect(client.dataset.remove({ params: { id: 1 } })).rejects.toThrow('fetch failed');
    expect(tries).toHaveLength(4);
  });

  it('gives up on an answer that does not come, and on one that stops half way', async () => {
    const never = (_url: string, init: RequestInit): Promise<Response> =>
      new Promise((_resolve, reject) =>
        init.signal!.addEventListener('abort', () => reject(init.signal!.reason as Error)),
      );
    const options = { baseUrl: 'http://x', timeoutMs: 20, retries: 0 };
    const silent = createClient({ ...options, fetch: never as typeof fetch });
    await expect(silent.dataset.list()).rejects.toMatchObject({ name: 'TimeoutError' });
    const half = (_url: string, init: RequestInit): Promise<Response> =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start: (controller) =>
              init.signal!.addEventListener('abort', () => controller.error(init.signal!.reason as Error)),
          }),
        ),
      );
    const stuck = createClient({ ...options, fetch: half as typeof fetch });
    await expect(stuck.dataset.list()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('stops when the caller does, in the middle of a pause too', async () => {
    const stop = new AbortController();
    const { tries, client } = answering([() => busy({ 'retry-after': '30' })]);
    const asked = client.dataset.list({ signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 10);
    await expect(asked).rejects.toThrow('enough');
    expect(tries).toHaveLength(1);
  });
});
