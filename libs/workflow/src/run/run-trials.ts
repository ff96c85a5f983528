import type { SearchPlan, TrialRecord } from '#contract';

import { type Child, refuseLostChildren, submitChildren, watchChildren } from '../job/child-jobs.js';
import type { JobContext } from '../job/job-handler.js';
import { readDue, readTrials } from './trial-rows.js';

type Place = Pick<TrialRecord, 'search' | 'number'>;

/**
 * Runs what is left of a run's searches as children, on every worker there is, batch by batch; all searches at once. Answers all trials in
 * their own order. May be called again after a lost worker: what has an outcome is not run again, what runs is waited for.
 * @throws AppError what a trial says that could not be run.
 */
export async function runTrials(context: JobContext<'ModelJob'>, plan: SearchPlan): Promise<readonly TrialRecord[]> {
  const { ports, job, kwargs, signal, progress } = context;
  const { manager } = ports.db;
  const records = new Map((await readTrials(manager, job.id)).map((record) => [nameOf(record), record]));
  const children = watchChildren(ports, job, signal);
  const submitted = new Set<string>();
  try {
    for (let due = dueTrials(plan, records); due.length > 0; due = dueTrials(plan, records)) {
      const fresh = due.filter((trial) => !submitted.has(nameOf(trial)));
      if (fresh.length > 0) {
        const childOf = ({ search, number }: Place): Child<'TrialJob'> => ({
          name: nameOf({ search, number }),
          kwargs: { ...kwargs, job_id: job.id, search, number, first: number - (number % plan.batch) },
        });
        await submitChildren(context, 'TrialJob', fresh.map(childOf));
        for (const trial of fresh) submitted.add(nameOf(trial));
      }
      if (await children.next()) {
        for (const record of await readDue(manager, job.id, due)) records.set(nameOf(record), record);
        await refuseLostChildren(ports.db, job);
      }
      const { fraction, message } = progressOf(plan, [...records.values()], children.fractions());
      progress(fraction, message);
    }
  } finally {
    children.close();
  }
  return [...records.values()].sort((a, b) => a.search - b.search || a.number - b.number);
}

const nameOf = ({ search, number }: Place): string => `${search}.${number}`;

/** The trials without an outcome in the first unfinished batch of each search. */
function dueTrials({ searches, trials, batch }: SearchPlan, records: ReadonlyMap<string, unknown>): Place[] {
  return searches.flatMap((_, search) => {
    for (let first = 0; first < trials; first += batch) {
      const count = Math.min(batch, trials - first);
      const due = Array.from({ length: count }, (_each, place) => ({ search, number: first + place })).filter(
        (trial) => !records.has(nameOf(trial)),
      );
      if (due.length > 0) return due;
    }
    return [];
  });
}

/** How far all searches are, as if they came one after the other; what runs counts for its part. */
function progressOf(
  { searches, trials }: SearchPlan,
  records: readonly TrialRecord[],
  fractions: readonly number[],
): { fraction: number; message: string } {
  const [from, to] = [searches[0]!.span[0], searches.at(-1)!.span[1]];
  const running = fractions.reduce((sum, fraction) => sum + fraction, 0);
  const done = searches.reduce((sum, { span }, search) => {
    const own = records.filter((record) => record.search === search).length;
    return sum + ((span[1] - span[0]) * own) / trials;
  }, from);
  const one = (to - from) / (searches.length * trials);
  const open = searches.find((_, search) => records.filter((record) => record.search === search).length < trials);
  return { fraction: Math.min(to, done + one * running), message: (open ?? searches.at(-1)!).message };
}
