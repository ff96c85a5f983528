import { createFrame, numericColumn, sharedFloats, type Frame } from '#frame';

import { draftFolder } from '../engine/draft.js';
import { text, type Engine } from '../engine/engine.js';
import { columnOf, dataPath, readMeta, writeMeta, type TableMeta } from '../table-meta.js';

import type { FrameSource } from './frame-source.js';
import { copyTo } from './write-frame.js';

/** Which rows a table is to have: those of these numbers (rising), then the new ones. */
export interface RowChange {
  readonly kept: ArrayLike<number>;
  readonly added: Frame | null;
}

/** See Tables.changeRows: rows stream from file to file; in memory are one flag per row and the new rows. */
export async function changeRows(
  engine: Engine,
  source: FrameSource,
  folder: string,
  { kept, added }: RowChange,
  { target, signal }: { target: string; signal?: AbortSignal | undefined },
): Promise<TableMeta> {
  const meta = await readMeta(folder);
  const flags = sharedFloats(meta.rows);
  for (let at = 0; at < kept.length; at++) {
    const row = kept[at]!;
    if (!(row >= 0 && row < meta.rows) || (at > 0 && row <= kept[at - 1]!))
      throw new RangeError(`row ${row} of ${meta.rows}`);
    flags[row] = 1;
  }
  const fresh = added ?? createFrame([]);
  for (const { name } of fresh.columns) columnOf(meta, name);
  const ids = meta.columns.map(({ id }) => `t.${id}`).join(', ');
  const data = text(dataPath(folder));
  const stored = await engine.rows(`DESCRIBE SELECT ${ids} FROM ${data} t`, [], signal);
  const cells = meta.columns.map(({ name }, index) => {
    const at = fresh.columns.findIndex((column) => column.name === name);
    return `${at < 0 ? 'NULL' : `c${at}`}::${String(stored[index]![1])}`;
  });
  const next: TableMeta = { version: 1, rows: kept.length + fresh.rows, columns: meta.columns, notes: meta.notes };
  await draftFolder(target, async (draft) => {
    await source.lend(createFrame([numericColumn('kept', flags)]), (marks) =>
      source.lend(fresh, async (rows) => {
        const old = `SELECT ${ids} FROM ${data} t POSITIONAL JOIN ${marks} f`;
        const staying = kept.length === meta.rows ? `SELECT ${ids} FROM ${data} t` : `${old} WHERE f.c0 = 1`;
        const select = fresh.rows === 0 ? staying : `${staying} UNION ALL SELECT ${cells.join(', ')} FROM ${rows}`;
        await copyTo(engine, select, draft, meta.columns.length, signal);
      }),
    );
    await writeMeta(draft, next);
  });
  return next;
}
