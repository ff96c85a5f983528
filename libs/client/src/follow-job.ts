import type { WireJob, WireJobStatus } from '#contract';

import type { Client } from './client.js';
import { HttpError } from './http-error.js';
import { rest } from './send.js';

/** How a job is followed. */
export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** Between questions while there are no events; 1,000 when absent. */
  readonly pollMs?: number;
  /** A stream that says nothing for this long is doubted and the job asked for; 10,000 when absent. */
  readonly quietMs?: number;
}

/** A job ended otherwise than finished. */
export class JobError extends Error {
  override readonly name = 'JobError';

  constructor(
    readonly id: string,
    readonly status: WireJobStatus,
  ) {
    super(status.error ?? `Job ${id} ended as ${status.status}`);
  }
}

type Events = Awaited<ReturnType<Client['job']['events']>>;
/** Yields the job's status as it changes, its end last: by server-sent events, by asking where they do not get through. */
export async function* followJob(
  client: Client,
  id: string,
  { signal, pollMs = 1000, quietMs = 10_000 }: FollowOptions = {},
): AsyncGenerator<WireJobStatus> {
  const given = signal ? { signal } : {};
  let told = '';
  for (;;) {
    // The stream is opened before the question, so that no change falls between them.
    const line = new AbortController();
    const held = signal ? AbortSignal.any([signal, line.signal]) : line.signal;
    const events = await client.job.events({ signal: held }).catch((error: unknown) => refusal(error, signal));
    try {
      for await (const heard of listen(events, id, quietMs)) {
        const status = heard ?? (await client.job.status({ params: { id }, ...given }));
        if (told !== (told = JSON.stringify(status))) yield status;
        if (status.status !== 'not_started' && status.status !== 'started') return;
      }
    } catch (error) {
      refusal(error, signal);
    } finally {
      line.abort();
    }
    await rest(pollMs, signal);
  }
}

/** What a stream says of one job; undefined when the job had better be asked for: at the start, and after a silence. */
async function* listen(
  events: Events | undefined,
  id: string,
  quietMs: number,
): AsyncGenerator<WireJobStatus | undefined> {
  yield undefined;
  if (!events) return;
  for (;;) {
    const pending = events.next();
    let come = await within(quietMs, pending);
    while (come === undefined) {
      yield undefined;
      come = await within(quietMs, pending);
    }
    if (come.done === true) return;
    const { jobs, dismissed } = come.value.data;
    for (const job of jobs) if (job.id === id) yield statusOf(job);
    // Its end, or that it is gone.
    if (dismissed.includes(id)) yield undefined;
  }
}

/** What a promise gives, or undefined when it takes longer; a promise left behind may reject unheard. */
function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Waits for a job's end. @throws JobError when it failed, was cancelled or lost. */
export async function waitForJob(
  client: Client,
  id: string,
  options: FollowOptions & { readonly onProgress?: (status: WireJobStatus) => void } = {},
): Promise<WireJobStatus> {
  let last: WireJobStatus | undefined;
  for await (const status of followJob(client, id, options)) {
    last = status;
    options.onProgress?.(status);
  }
  if (last!.status !== 'finished') throw new JobError(id, last!);
  return last!;
}

const statusOf = ({
  status,
  last_update,
  error_msg,
  job_name,
  progress,
  progress_message,
}: WireJob): WireJobStatus => ({
  status,
  updated: last_update,
  error: error_msg,
  job_name,
  progress,
  progress_message,
});

/** A server that is away may come back; one that refuses has said its word, and a caller who stopped wants no more. */
function refusal(error: unknown, signal: AbortSignal | undefined): undefined {
  if (signal?.aborted) throw error;
  if (error instanceof HttpError && error.status < 500 && error.status !== 429) throw error;
  return undefined;
}
