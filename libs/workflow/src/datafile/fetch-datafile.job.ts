import { posix } from 'node:path';

import { AppError } from '#contract';
import { jobName } from '#i18n';
import { DatafileEntity, type FetchedFile } from '#persistence';
import { datafileKey } from '#storage';

import type { HubFile } from '../dataset-source/dataset-source.js';
import { sourceNamed } from '../dataset-source/sources.js';
import { downloadUrl } from '../dataset/download-url.js';
import type { JobHandler } from '../job/job-handler.js';
import { lockedRow, rowById } from '../rows.js';
import { everyAddress, publicOnly } from '../upload/guarded-agent.js';

/** What a loader reads. */
const TABLE = /\.(?:csv|tsv|txt|xlsx|xls|json|jsonl|ndjson|arff|parquet|arrow|feather|zip)$/i;
const MOST_FILES = 200;

/** Fetches the files of a data set of a hub that a loader can read. What an attempt left half-made, the next one replaces. */
export const fetchDatafile: JobHandler<'DatafileJob'> = {
  type: 'DatafileJob',
  entity: () => null,

  async deliver(tx, { datafile_id: id }) {
    const row = await lockedRow(tx, { entity: DatafileEntity, id, missing: 'datafile-not-found' });
    await tx.update(DatafileEntity, id, { status: 'downloading' });
    return jobName('DatafileJob', row.name);
  },

  async run({ ports, job, kwargs, signal, progress, fenced, commit }) {
    const { datafile_id: id } = kwargs;
    await fenced(async (tx) => {
      await tx.update(DatafileEntity, id, { job_id: job.id });
    });
    const row = await rowById(ports.db.manager, DatafileEntity, id, 'datafile-not-found');
    const { source, hub } = sourceNamed(ports, row.source_name);
    progress(0, 'downloading-file');
    const wanted = chosen(await source.files(hub, row.dataset_id), row.name);
    const trusted = new URL(hub.base).origin;
    const { authorization } = await hub.authorization();
    const files: FetchedFile[] = [];
    let left = ports.config.uploadBytes;
    for (const [place, file] of wanted.entries()) {
      const key = `${datafileKey(id)}/${job.id}-${job.attempt}/${place}`;
      const own = new URL(file.url).origin === trusted;
      const { filename, sizeBytes } = await downloadUrl(ports.storage, file.url, {
        key,
        limitBytes: left,
        policy: own || ports.config.allowPrivateUrls ? everyAddress : publicOnly,
        authorization: own ? authorization : undefined,
        signal,
        onProgress: (fraction) => progress((place + (fraction ?? 0)) / wanted.length, 'downloading-file'),
      });
      left -= sizeBytes;
      files.push({ name: packed(file.name, filename), key, sizeBytes });
    }
    await commit(async (tx) => {
      await tx.update(DatafileEntity, id, { status: 'ready', files });
    });
  },

  outputs: (job) => [`${datafileKey(job.kwargs.datafile_id)}/${job.id}-${job.attempt}`],

  async settle(tx, job) {
    await tx.update(DatafileEntity, { id: job.kwargs.datafile_id }, { status: 'error', job_id: job.id });
  },
};

/** Kaggle packs a file that is large, and says so only where it redirects to. */
const packed = (name: string, served: string): string =>
  served === `${posix.basename(name)}.zip` ? `${name}.zip` : name;

/** @throws AppError `datafile-without-table`. */
function chosen(files: readonly HubFile[], name: string): HubFile[] {
  const tables = files.filter((file) => TABLE.test(file.name)).slice(0, MOST_FILES);
  if (tables.length > 0) return tables;
  throw new AppError('datafile-without-table', { name });
}
