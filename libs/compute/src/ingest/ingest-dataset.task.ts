import { AppError, type ColumnTypes, type TaskInput } from '#contract';
import type { TableMeta } from '#tables';

import type { Task, TaskHost } from '../host.js';
import { newTable } from '../new-table.js';

import { choosePlan } from './choose-plan.js';

type Input = TaskInput<'ingest-dataset'>;

/** Reading takes most of the time; the rest is statistics. */
const READING = 0.8;

/** Makes a data set's table out of an uploaded file or of another table, with its statistics. */
export const ingestDataset: Task<'ingest-dataset'> = (input, host) =>
  newTable(host, input.targetKey, async (folder, signal) => {
    const meta = await fill(input, folder, signal, host);
    if (meta.rows === 0) throw new AppError('no-rows');
    // A copy keeps the statistics of its source where these are what is asked for.
    if (meta.info && (meta.info.general_info !== undefined || !input.profile)) return meta;
    host.progress(READING, 'computing-profile');
    const info = await host.tables.profile(folder, { full: input.profile, signal });
    const described = { ...meta, info };
    await host.tables.writeMeta(folder, described);
    return described;
  });

async function fill(
  { source, loader, types, renames }: Input,
  folder: string,
  signal: AbortSignal,
  host: TaskHost,
): Promise<TableMeta> {
  const { storage, tables } = host;
  if ('tableKey' in source) {
    host.progress(null, 'loading-data');
    await tables.copyTable(await storage.materialise(source.tableKey), folder);
    for (const [from, to] of Object.entries(renames)) if (from !== to) await tables.renameColumn(folder, from, to);
    return tables.readMeta(folder);
  }
  const choice = loader ?? { component: 'CSVDataLoader', params: { separator: 'auto' } };
  const { plan, archive } = choosePlan(choice, source.filename);
  host.progress(0, 'parsing-file');
  return tables.ingest({
    source: await storage.materialise(source.uploadKey),
    plan,
    archive,
    types: (types ?? undefined) as ColumnTypes | undefined,
    renames,
    target: folder,
    signal,
    onProgress: (fraction) => host.progress(fraction * READING, 'parsing-file'),
  });
}
