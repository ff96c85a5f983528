import type { ColumnTypes, EncoderKind } from '#contract';
import { AppError } from '#contract';
import { DatasetEntity } from '#persistence';
import { tableKey } from '#storage';
import { columnOf, typesOf } from '#tables';

import type { Ports } from '../ports.js';
import { lockedDataset } from './dataset-table.js';

/**
 * Renames a column of the data and of its statistics.
 * @throws AppError `dataset-not-found`, `dataset-not-finished`, `column-not-found`, `column-exists`, `column-rename-invalid`.
 */
export async function renameColumn(
  ports: Ports,
  id: number,
  given: { old_name: string; new_name: string },
): Promise<{ message: string; old_name: string; new_name: string; columns: ColumnTypes }> {
  const from = given.old_name.trim();
  const to = given.new_name.trim();
  const columns = await changed(ports, id, async (folder) =>
    typesOf(await ports.tables.renameColumn(folder, from, to)),
  );
  return { message: 'Column renamed successfully', old_name: from, new_name: to, columns };
}

/** Chooses how a categorical column becomes numbers. @throws AppError as {@link renameColumn}, `column-not-categorical`. */
export async function setEncoder(ports: Ports, id: number, column: string, encoder: EncoderKind): Promise<ColumnTypes> {
  return changed(ports, id, async (folder) => {
    const meta = await ports.tables.readMeta(folder);
    if (columnOf(meta, column).type.type !== 'Categorical') throw new AppError('column-not-categorical', { column });
    const columns = meta.columns.map((entry) =>
      entry.name === column ? { ...entry, type: { ...entry.type, encoder } } : entry,
    );
    await ports.tables.writeMeta(folder, { ...meta, columns });
    return typesOf({ ...meta, columns });
  });
}

/** Runs one change on a locked, finished data set and stamps its date. */
async function changed<T>(ports: Ports, id: number, change: (folder: string) => Promise<T>): Promise<T> {
  return ports.db.transaction(async (tx) => {
    const row = await lockedDataset(tx, id, 'write');
    const result = await change(await ports.storage.materialise(tableKey(row.file_path)));
    await tx.update(DatasetEntity, id, { last_modified: new Date() });
    return result;
  });
}
