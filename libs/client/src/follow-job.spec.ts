import { describe, expect, it } from 'vitest';

import type { WireJobStatus } from '#contract';

import { createClient, followJob, waitForJob } from '#client';

const at = (status: WireJobStatus['status'], progress: number | null = null): WireJobStatus => ({
  status,
  updated: '2026-01-31 13:22:05.123',
  error: status === 'error' ? 'no such column' : null,
  job_name: 'train',
  progress,
  progress_message: null,
});
const row = ({ updated, error, ...status }: WireJobStatus): object => ({
  id: 'j',
  task_type: 'T',
  enqueued_at: updated,
  last_update: updated,
  error_msg: error,
  ...status,
});
const eventsOf = (...statuses: WireJobStatus[]): Response =>
  new Response(
    statuses
      .map((status) => `event: jobs\ndata: ${JSON.stringify({ jobs: [row(status)], dismissed: [], cursor: 'c' })}\n\n`)
      .join(''),
  );

/** A server with a script: what each question for the status and each stream is answered. */
function server(statuses: (() => Response)[], streams: (() => Response)[]): ReturnType<typeof createClient> {
  const next = (list: (() => Response)[]): Response => (list.length > 1 ? list.shift()! : list[0]!)();
  const fake = ((url: string) => Promise.resolve(next(url.includes('/events') ? streams : statuses))) as typeof fetch;
  return createClient({ baseUrl: 'http://x', fetch: fake, retries: 0 });
}
const says = (status: WireJobStatus) => () => Response.json(status);
const fast = { pollMs: 1, quietMs: 5 };
const away = (): Response => Response.json({ detail: 'away', code: 'unavailable' }, { status: 503 });

describe('following a job', () => {
  it('yields what the stream says, each news once', async () => {
    const stream = () => eventsOf(at('started', 10), at('started', 10), at('started', 90), at('finished', 100));
    const client = server([says(at('started', 10))], [stream]);
    const seen = [];
    for await (const { status, progress } of followJob(client, 'j', fast)) seen.push([status, progress]);
    expect(seen).toEqual([['started', 10], ['started', 90], ['finished', 100]]); // prettier-ignore
  });

  it('asks where no stream gets through, and outlives a server that is away', async () => {
    const client = server([says(at('not_started')), away, says(at('started', 50)), says(at('finished'))], [away]);
    const seen: string[] = [];
    const end = await waitForJob(client, 'j', { ...fast, onProgress: ({ status }) => seen.push(status) });
    expect(end.status).toBe('finished');
    expect(seen).toEqual(['not_started', 'started', 'finished']);
  });

  it('doubts a stream that is silent', async () => {
    const silent = (): Response => new Response(new ReadableStream());
    const client = server([says(at('started')), says(at('finished'))], [silent]);
    expect((await waitForJob(client, 'j', fast)).status).toBe('finished');
  });

  it('rejects with what the job said when it ends badly', async () => {
    const client = server([says(at('error'))], [() => eventsOf()]);
    await expect(waitForJob(client, 'j', fast)).rejects.toMatchObject({
      name: 'JobError',
      message: 'no such column',
      status: { status: 'error' },
    });
    const cancelled = server([says(at('cancelled'))], [away]);
    await expect(waitForJob(cancelled, 'j', fast)).rejects.toThrow('Job j ended as cancelled');
  });

  it('rejects for a job nobody knows, and when the caller stops', async () => {
    const unknown = () => Response.json({ detail: 'no job', code: 'job-not-found' }, { status: 404 });
    await expect(waitForJob(server([unknown], [away]), 'j', fast)).rejects.toMatchObject({ code: 'job-not-found' });
    const stop = AbortSignal.timeout(20);
    await expect(waitForJob(server([says(at('started'))], [away]), 'j', { ...fast, signal: stop })).rejects.toThrow();
  });
});
