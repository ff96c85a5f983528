import { withUnpacked } from './archive/unpack-tables.js';
import { appendColumns, dropColumns, writeFrame } from './columns/write-frame.js';
import { changeRows } from './columns/change-rows.js';
import { copyTable, renameColumn } from './columns/change-table.js';
import { FrameSource } from './columns/frame-source.js';
import { readFrame } from './columns/read-frame.js';
import { Engine, type EngineSettings } from './engine/engine.js';
import { exportCsv } from './grid/export-csv.js';
import { filterPage, readPage } from './grid/read-page.js';
import { RowCopies } from './grid/row-copies.js';
import { RowOrders } from './grid/row-orders.js';
import { isCurrent } from './grid/table-version.js';
import { countValues } from './profile/count-values.js';
import { profileTable } from './profile/profile-table.js';
import { exportImages } from './images/export-images.js';
import { hasImages, readImage } from './images/image-store.js';
import { ingestFile } from './read/ingest-file.js';
import { previewFile } from './read/preview-file.js';
import { BOUNDS, type TableBounds } from './read/table-bounds.js';
import { readMeta, writeMeta } from './table-meta.js';
import type { Cancellable, FileOptions, Tables } from './tables.js';
import { exportParquet } from './rows/export-parquet.js';
import { checkTypeChanges } from './types/check-type-changes.js';

/**
 * Settings of the engine, how many bytes of sorted and filtered row orders (512 MiB) and of copies by rows (8 GiB) are kept on disk,
 * and what a table may have ({@link BOUNDS}).
 */
export interface TablesSettings extends EngineSettings, Partial<TableBounds> {
  readonly orderCacheBytes?: number;
  readonly copyCacheBytes?: number;
}

const ORDER_CACHE_BYTES = 512 * 1024 ** 2;
const COPY_CACHE_BYTES = 8 * 1024 ** 3;
/** How often files about tables that are gone are looked for. */
const SWEEP_MS = 30_000;

/** Starts the process's engines. One call is enough for a process; several processes may read the same tables. */
export async function openTables(settings: TablesSettings): Promise<Tables> {
  const engine = await Engine.open(settings);
  let seeking: Promise<Engine> | undefined;
  // Opened by the first page, as few processes show any; a thread whose engines are sealed reads pages with the one it has.
  const seeker = () => (seeking ??= Engine.open({ ...settings, statistics: false }).catch(() => engine));
  const bounds: TableBounds = {
    maxColumns: settings.maxColumns ?? BOUNDS.maxColumns,
    maxRows: settings.maxRows ?? BOUNDS.maxRows,
    maxCells: settings.maxCells ?? BOUNDS.maxCells,
  };
  const frames = new FrameSource();
  const orders = new RowOrders(engine, settings.orderCacheBytes ?? ORDER_CACHE_BYTES);
  const copies = new RowCopies(engine, settings.copyCacheBytes ?? COPY_CACHE_BYTES);
  const doors = { engine, seeker, orders, copies };
  const sweep = () => Promise.all([orders.sweep(isCurrent), copies.sweep(isCurrent)]).catch(() => undefined);
  const sweeping = setInterval(() => void sweep(), SWEEP_MS);
  sweeping.unref();
  const unpacked = <T>(
    source: string,
    { archive, signal }: Pick<FileOptions, 'archive'> & Cancellable,
    work: (path: string) => Promise<T>,
  ): Promise<T> =>
    archive
      ? withUnpacked(source, { extensions: archive, tempDirectory: settings.tempDirectory, signal }, work)
      : work(source);
  await engine.use((connection) => {
    frames.register(connection);
    return Promise.resolve();
  });
  return {
    preview: (source, plan, options = {}) =>
      unpacked(source, options, (path) => previewFile(engine, path, plan, bounds, options)),
    checkTypeChanges: (source, plan, changes, options = {}) =>
      unpacked(source, options, (path) => checkTypeChanges(engine, path, plan, changes, { ...bounds, ...options })),
    ingest: (request) =>
      unpacked(request.source, request, (source) => ingestFile(engine, { ...request, source }, bounds)),
    readMeta,
    writeMeta,
    rowCount: async (folder) => (await readMeta(folder)).rows,
    profile: (folder, options) => profileTable(engine, folder, options),
    countValues: (folder, column, most, options) => countValues(engine, folder, column, most, options?.signal),
    page: (folder, range, options) => readPage(doors, folder, range, options?.signal),
    filterPage: (folder, query, options) => filterPage(doors, folder, query, options?.signal),
    sample: async (folder, count = 10) => {
      const { columns } = await readMeta(folder);
      const { rows } = await readPage(doors, folder, { offset: 0, limit: count });
      return Object.fromEntries(columns.map(({ name }) => [name, rows.map((row) => row[name] ?? null)]));
    },
    exportCsv: (folder, query = {}, options) => exportCsv(engine, folder, query, options?.signal),
    exportParquet: (pages, options) => exportParquet(engine, pages, options),
    hasImages,
    readImage: (folder, row) => readImage(engine, folder, row),
    exportImages: (folder, query = {}, options) => exportImages(engine, folder, query, options?.signal),
    renameColumn,
    copyTable,
    dropColumns: (folder, columns, target, options) => dropColumns(engine, folder, columns, target, options?.signal),
    appendColumns: (folder, frame, target, options) =>
      appendColumns(engine, frames, folder, frame, { target, signal: options?.signal }),
    changeRows: (folder, change, target, options) =>
      changeRows(engine, frames, folder, change, { target, signal: options?.signal }),
    writeFrame: (frame, folder, options) => writeFrame(engine, frames, frame, folder, options),
    readFrame: (folder, request) => readFrame(engine, folder, request),
    close: async () => {
      clearInterval(sweeping);
      await Promise.all([orders.clear(), copies.clear()]);
      const opened = await seeking;
      if (opened !== engine) opened?.close();
      engine.close();
    },
  };
}
