import { describe, expect, it } from 'vitest';

import { createClient, HttpError } from '#client';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A client whose requests are kept and answered as told. */
function recording(answer: () => Response): { sent: Sent[]; client: ReturnType<typeof createClient> } {
  const sent: Sent[] = [];
  const fake = ((url: string, init: RequestInit) => {
    sent.push({ url, init });
    return Promise.resolve(answer());
  }) as typeof fetch;
  return { sent, client: createClient({ baseUrl: 'http://x/', token: 't', language: 'de', fetch: fake }) };
}
const headersOf = ({ init }: Sent): Record<string, string> => Object.fromEntries(init.headers as Headers);

describe('the client', () => {
  it('fills path and query, repeats keys, leaves out what is absent', async () => {
    const { sent, client } = recording(() => Response.json([]));
    await client.dataset.get({ params: { id: 7 } });
    await client.component.list({ query: { select_types: ['Model', 'Metric'], component_parent: undefined } });
    expect(sent.map(({ url }) => url)).toEqual([
      'http://x/api/v1/dataset/7',
      'http://x/api/v1/component/?select_types=Model&select_types=Metric',
    ]);
    expect(headersOf(sent[0]!)).toEqual({ authorization: 'Bearer t', 'accept-language': 'de' });
  });

  it('sends JSON, and nothing where nothing is due', async () => {
    const { sent, client } = recording(() => new Response(null, { status: 204 }));
    expect(await client.dataset.removeMany({ body: { ids: [1, 2] } })).toBeNull();
    expect(sent[0]!.init).toMatchObject({ method: 'DELETE', body: '{"ids":[1,2]}' });
    await client.dataset.remove({ params: { id: 1 } });
    expect(sent[1]!.init).not.toHaveProperty('body');
  });

  it('sends forms with their files last', async () => {
    const { sent, client } = recording(() => Response.json({ id: 'j' }, { status: 201 }));
    const files = [{ field: 'file', content: new Blob(['a,b']), filename: 'a.csv' }];
    await client.job.submit({ form: { job_type: 'DatasetJob', kwargs: '{}' }, files });
    const form = sent[0]!.init.body as FormData;
    expect([...form.keys()]).toEqual(['job_type', 'kwargs', 'file']);
    expect((form.get('file') as File).name).toBe('a.csv');
    expect(headersOf(sent[0]!)).not.toHaveProperty('content-type');
  });

  it('reads events, whole or in pieces, past comments', async () => {
    const text = ': open\n\nid: 1\nevent: jobs\ndata: {"cursor":"ä"}\n\n: alive\n\nid: 2\ndata: {"cursor":"b"}\n\n';
    const bytes = new TextEncoder().encode(text);
    const pieces = (): Response =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
            controller.close();
          },
        }),
      );
    const { client } = recording(pieces);
    const events = [];
    for await (const event of await client.job.events({})) events.push(event);
    expect(events).toEqual([
      { id: '1', event: 'jobs', data: { cursor: 'ä' } },
      { id: '2', event: undefined, data: { cursor: 'b' } },
    ]);
  });

  it('rejects with detail and code, whoever answered', async () => {
    const ours = { detail: 'Kein Auftrag', code: 'job-not-found', values: { id: 'x' } };
    const issue = {
      detail: [{ type: 'missing', loc: ['body', 'name'], msg: 'fehlt', input: null }],
      code: 'input-invalid',
      values: {},
    };
    const failing = (answer: Response): Promise<unknown> => recording(() => answer).client.dataset.list();
    await expect(failing(Response.json(ours, { status: 404 }))).rejects.toMatchObject({ status: 404, ...ours });
    await expect(failing(Response.json(issue, { status: 422 }))).rejects.toMatchObject({ detail: 'name: fehlt' });
    const proxy = failing(new Response('<html>', { status: 502, statusText: 'Bad Gateway' }));
    await expect(proxy).rejects.toBeInstanceOf(HttpError);
    await expect(proxy).rejects.toMatchObject({ status: 502, code: 'internal', detail: '502 Bad Gateway' });
  });
});
