import type { EntityManager } from 'typeorm';

import type { TrialRecord } from '#contract';

type Place = Pick<TrialRecord, 'search' | 'number'>;

/** Every trial a job has the outcome of, in the order of searches and numbers. */
export async function readTrials(tx: EntityManager, jobId: string): Promise<TrialRecord[]> {
  const sql = 'SELECT record FROM trial WHERE job_id = $1 ORDER BY search, number';
  return recordsOf(await tx.query(sql, [jobId]));
}

/** The first trials of one search, by number. */
export async function readEarlier(tx: EntityManager, jobId: string, { search, number }: Place): Promise<TrialRecord[]> {
  const sql = 'SELECT record FROM trial WHERE job_id = $1 AND search = $2 AND number < $3 ORDER BY number';
  return recordsOf(await tx.query(sql, [jobId, search, number]));
}

/** Those of these trials that have an outcome by now. */
export async function readDue(tx: EntityManager, jobId: string, due: readonly Place[]): Promise<TrialRecord[]> {
  const sql = `SELECT record FROM trial WHERE job_id = $1 AND (search, number) IN (SELECT * FROM unnest($2::int[], $3::int[]))`;
  return recordsOf(await tx.query(sql, [jobId, due.map(({ search }) => search), due.map(({ number }) => number)]));
}

/** Keeps outcomes until the job that trains the run ends; one that is there already is the same. */
export async function writeTrials(
  tx: EntityManager,
  { jobId, runId }: { readonly jobId: string; readonly runId: number },
  trials: readonly TrialRecord[],
): Promise<void> {
  await tx.query(
    `INSERT INTO trial (job_id, run_id, search, number, record)
     SELECT $1, $2, * FROM unnest($3::int[], $4::int[], $5::json[]) ON CONFLICT DO NOTHING`,
    [
      jobId,
      runId,
      trials.map(({ search }) => search),
      trials.map(({ number }) => number),
      trials.map((trial) => JSON.stringify(trial)),
    ],
  );
}

/** Forgets the trials of a job that has ended. */
export async function removeTrials(tx: EntityManager, jobId: string): Promise<void> {
  await tx.query('DELETE FROM trial WHERE job_id = $1', [jobId]);
}

const recordsOf = (rows: readonly { record: TrialRecord }[]): TrialRecord[] => rows.map(({ record }) => record);
