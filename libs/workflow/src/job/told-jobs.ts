import type { FeedJob } from './feed-rows.js';

interface Told {
  readonly xid: string;
  readonly updatedMs: number;
  /** The question under way, or the last one, when a notification told it; undefined when a question did. */
  readonly heardIn?: number;
}

/** So many of the last transactions a crash of the database may have forgotten; it gives their numbers out again. */
const FORGOTTEN_XIDS = 1000n;

/** The cursor before those transactions; never 0, which stands for none. */
export function earlier(cursor: string): string {
  const xid = BigInt(cursor) - FORGOTTEN_XIDS;
  return `${xid > 1n ? xid : 1n}`;
}

/**
 * What watchers were last told of the jobs that changed lately, for rows come again: by another way, or because an older transaction is
 * still open.
 */
export class ToldJobs {
  private readonly told = new Map<string, Told>();

  /**
   * True when it is news what a notification says of a job. Notifications come in the order of commits, but one may come after the answer
   * that showed a later state already; a clock that was put back costs a moment here, never a change, for the next question tells it.
   */
  hear(job: FeedJob, question: number): boolean {
    const before = this.told.get(job.id);
    const updatedMs = job.last_update.getTime();
    if (before !== undefined) {
      const asked = before.heardIn === undefined && before.xid === job.change_xid;
      if (asked || before.updatedMs > updatedMs) return false;
    }
    this.told.set(job.id, { xid: job.change_xid, updatedMs, heardIn: question });
    return true;
  }

  /** The news in a question's answer. What was heard while it was under way may be newer; the next question shows it. */
  read(jobs: readonly FeedJob[], question: number): FeedJob[] {
    const news = jobs.filter(({ id, change_xid: xid }) => {
      const before = this.told.get(id);
      return before === undefined || (before.xid !== xid && before.heardIn !== question);
    });
    for (const job of news) this.remember(job);
    return news;
  }

  /** Forgets what no question from this cursor on, nor one after a crash, brings again. */
  forgetBefore(cursor: string): void {
    const oldest = BigInt(earlier(cursor));
    for (const [id, { xid }] of this.told) if (BigInt(xid) < oldest) this.told.delete(id);
  }

  /**
   * Asks what has become of the jobs that were told of; answers their rows and the ids of those that are gone. What is heard while the
   * question is under way is newer than its answer.
   */
  async lookAgain(
    ask: (ids: readonly string[]) => Promise<readonly FeedJob[]>,
  ): Promise<{ jobs: FeedJob[]; gone: string[] }> {
    const before = new Map(this.told);
    const rows = await ask([...before.keys()]);
    const unheard = (id: string): boolean => this.told.get(id) === before.get(id);
    const there = new Set(rows.map(({ id }) => id));
    const gone = [...before.keys()].filter((id) => !there.has(id) && unheard(id));
    const jobs = rows.filter(({ id }) => unheard(id));
    for (const id of gone) this.told.delete(id);
    for (const job of jobs) this.remember(job);
    return { jobs, gone };
  }

  private remember({ id, change_xid: xid, last_update: updated }: FeedJob): void {
    this.told.set(id, { xid, updatedMs: updated.getTime() });
  }
}
