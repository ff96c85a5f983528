import type { Client } from '#client';
import type { WireJob } from '#contract';

/** What a page hears of the jobs. */
export interface JobListener {
  readonly onJobs: (jobs: readonly WireJob[]) => void;
  readonly onLive: (live: boolean) => void;
  readonly onFailure: (error: unknown) => void;
}

const RETRY_MS = 2000;

/** Keeps the list of jobs as it is on the server until the signal says stop; a lost connection goes on where it broke. */
export async function followJobs(client: Client, listener: JobListener, signal: AbortSignal): Promise<void> {
  const jobs = new Map<string, WireJob>();
  let cursor: string | undefined;
  const stopped = (): boolean => signal.aborted;
  while (!stopped()) {
    try {
      if (cursor === undefined) {
        const first = await client.job.changes({ query: {}, signal });
        for (const job of first.jobs) jobs.set(job.id, job);
        cursor = first.cursor;
      }
      listener.onJobs([...jobs.values()]);
      for await (const { data } of await client.job.events({ query: { since: cursor }, signal })) {
        listener.onLive(true);
        for (const job of data.jobs) jobs.set(job.id, job);
        for (const id of data.dismissed) jobs.delete(id);
        cursor = data.cursor;
        listener.onJobs([...jobs.values()]);
      }
    } catch (error) {
      if (!stopped()) listener.onFailure(error);
    }
    if (!stopped()) {
      listener.onLive(false);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
