import { AppError } from '#contract';

import { withCategories } from '../engine/categories.js';
import { draftFolder } from '../engine/draft.js';
import type { Engine } from '../engine/engine.js';
import { dataPath, writeMeta, type TableColumn, type TableMeta } from '../table-meta.js';
import type { IngestRequest } from '../tables.js';

import { chooseReadings } from './choose-readings.js';
import { declaredHead, inferHead, openFile } from './open-file.js';
import { INFERENCE_ROWS } from './preview-file.js';
import { checkSize, tooWide, type TableBounds } from './table-bounds.js';

/** See Tables.ingest. Types asked for are compared with what inference says, so that a client may send back what a preview told it. */
export async function ingestFile(engine: Engine, request: IngestRequest, bounds: TableBounds): Promise<TableMeta> {
  const { source, plan, target, signal, types, renames, onProgress } = request;
  const limits = { ...bounds, rowLimit: request.inferenceRows ?? INFERENCE_ROWS };
  const file = await openFile(engine, source, plan, limits);
  const inferred = types && !file.head.fixed ? inferHead(file.head) : declaredHead(file.head);
  const readings = chooseReadings(file.head, inferred, types, renames);
  return draftFolder(target, async (folder) => {
    const loaded = await file.load(readings, { folder, signal, onProgress }).catch((error: unknown) => {
      throw tooWide(error, readings.length, engine.settings.memoryLimitBytes);
    });
    if (loaded.rows === 0) throw new AppError('no-rows');
    checkSize(loaded.rows, readings.length, bounds);
    const columns = loaded.readings.map(({ id, name, type }): TableColumn => ({ id, name, type }));
    const chosen = new Set(readings.filter((reading) => reading.chosen).map((reading) => reading.id));
    const settled = await withCategories(engine, dataPath(folder), columns, chosen, signal);
    const notes = [...file.head.notes, ...loaded.notes, ...settled.notes];
    const meta: TableMeta = { version: 1, rows: loaded.rows, columns: settled.columns, notes };
    await writeMeta(folder, meta);
    return meta;
  });
}
