import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { AppError, type SwanlogSkip, SwanlogRun, type WireTrackedImport } from '#contract';
import { jobName } from '#i18n';
import { importKey } from '#storage';

import type { JobHandler } from '../job/job-handler.js';
import { importRun } from './import-run.js';

/** What an import answers when it has finished: the wire's result without texts. */
export type ImportResult = Omit<NonNullable<WireTrackedImport['result']>, 'skipped'> & {
  readonly skipped: SwanlogSkip[];
};

/** Reads a log folder of SwanLab into a project. Again, or after a lost worker, it writes the same runs again. */
export const importSwanlog: JobHandler<'SwanlogJob'> = {
  type: 'SwanlogJob',
  entity: () => null,
  onlyReads: true,
  deliver: (_tx, { upload }) => Promise.resolve(jobName('SwanlogJob', upload.filename)),
  outputs: (job) => [importKey(job.id, job.attempt)],

  async run({ ports, job, kwargs, compute, signal, progress, commit }) {
    const targetKey = importKey(job.id, job.attempt);
    const read = await compute.run(
      'read-swanlog',
      { uploadKey: kwargs.upload.key, targetKey },
      { progress, metrics: () => undefined },
      signal,
    );
    const folder = await ports.storage.materialise(targetKey);
    const result = { project_id: kwargs.project_id, runs: [] as ImportResult['runs'], skipped: [...read.skipped] };
    for await (const line of createInterface({ input: createReadStream(join(folder, 'runs.ndjson'), 'utf8') })) {
      if (line === '') continue;
      const run = SwanlogRun.parse(JSON.parse(line));
      const skip = (one: SwanlogSkip): void => void result.skipped.push(one);
      try {
        result.runs.push(await importRun(ports, { projectId: kwargs.project_id, folder, run, signal, skip }));
      } catch (error) {
        skip({ directory: run.runId, code: skipCode(error) });
      }
      progress(
        0.5 + (0.5 * (result.runs.length + result.skipped.length)) / (read.runs + result.skipped.length),
        'importing-runs',
      );
    }
    await commit(undefined, result);
    await ports.storage.remove(targetKey);
  },
};

/** What this run alone is refused for; anything else ends the job. */
function skipCode(error: unknown): 'run-deleted' | 'run-refused' {
  if (error instanceof AppError && error.code === 'tracked-run-gone') return 'run-deleted';
  if (error instanceof AppError && (error.code === 'tracked-limit-passed' || error.code === 'text-unstorable'))
    return 'run-refused';
  throw error;
}
