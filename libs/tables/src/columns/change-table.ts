import { copyFile, link, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '#contract';

import { draftFolder } from '../engine/draft.js';
import type { TableInfo } from '../profile/table-info.js';
import { columnOf, readMeta, writeMeta, type TableMeta } from '../table-meta.js';

/** See Tables.renameColumn: names live in `meta.json` alone, so no data is touched. */
export async function renameColumn(folder: string, from: string, to: string): Promise<TableMeta> {
  const meta = await readMeta(folder);
  const column = columnOf(meta, from);
  const name = to.trim();
  if (name === '' || name === from || name === '__proto__') throw new AppError('column-rename-invalid', { column: to });
  if (meta.columns.some((other) => other.name === name)) throw new AppError('column-exists', { column: name });
  const columns = meta.columns.map((other) => (other === column ? { ...other, name } : other));
  const next = { ...meta, columns, ...(meta.info && { info: renameInInfo(meta.info, from, name) }) };
  await writeMeta(folder, next);
  return next;
}

/** Every key and list entry of the profile that names the column. */
function renameInInfo(info: TableInfo, from: string, to: string): TableInfo {
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => (item === from ? to : item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key === from ? to : key, inner as unknown]));
  };
  const blocks = Object.entries(info).map(([block, value]): [string, unknown] => {
    if (
      block === 'column_names' ||
      block === 'nan' ||
      block === 'numeric_stats' ||
      block === 'categorical_stats' ||
      block === 'text_stats'
    ) {
      return [block, rename(value)];
    }
    if (block === 'general_info' || block === 'quality_info') {
      return [block, Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, rename(inner)]))];
    }
    if (block !== 'correlations') return [block, value];
    const renamed = rename(value) as Record<string, unknown>;
    return [block, Object.fromEntries(Object.entries(renamed).map(([key, inner]) => [key, rename(inner)]))];
  });
  return Object.fromEntries(blocks) as unknown as TableInfo;
}

/** See Tables.copyTable: files are never changed in place, so a second name for them is a copy. */
export async function copyTable(source: string, target: string): Promise<void> {
  await readMeta(source);
  await draftFolder(target, async (draft) => {
    for (const name of await readdir(source)) {
      await link(join(source, name), join(draft, name)).catch(() => copyFile(join(source, name), join(draft, name)));
    }
  });
}
