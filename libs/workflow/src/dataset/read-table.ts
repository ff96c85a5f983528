import type { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';

import type { AnswerOf, ColumnTypes, datasetRoutes, FileAnswer } from '#contract';
import { parseFilter, parseSort, typesOf, type GridFilter, type GridSort } from '#tables';

import type { Ports } from '../ports.js';
import { datasetFolder, finishedDataset, tokenFolder } from './dataset-table.js';

/** DashAI's info carries the parts of a split data set; ours are split by each session, so here they are empty. */
const UNSPLIT = {
  train_size: 0,
  test_size: 0,
  val_size: 0,
  train_indices: [],
  test_indices: [],
  val_indices: [],
  split_indices: { train: [], test: [], validation: [] },
};

type Rows = { rows: Record<string, unknown>[]; total: number };

const csv = (content: Readable, name: string): FileAnswer => ({
  content,
  filename: `${name}.csv`,
  mediaType: 'text/csv; charset=utf-8',
});
const pageSize = (ports: Ports, asked: number): number => Math.min(asked, ports.config.maxPage);

/** Rows of a table, filtered, sorted and paged. @throws AppError `path-token-invalid`. */
export async function filterTable(
  ports: Ports,
  query: {
    path: string;
    page: number;
    page_size: number;
    filterModel?: string | undefined;
    sortModel?: string | undefined;
  },
): Promise<Rows> {
  const folder = await tokenFolder(ports, query.path);
  const asked = {
    filter: parseFilter(query.filterModel),
    sort: parseSort(query.sortModel),
    page: query.page,
    pageSize: pageSize(ports, query.page_size),
  };
  return { ...(await ports.tables.filterPage(folder, asked)) } as Rows;
}

/** Rows of a table, paged. @throws AppError `path-token-invalid`. */
export async function pageTable(
  ports: Ports,
  { path, page, page_size }: { path: string; page: number; page_size: number },
): Promise<Rows> {
  const limit = pageSize(ports, page_size);
  return { ...(await ports.tables.page(await tokenFolder(ports, path), { offset: page * limit, limit })) } as Rows;
}

/** First ten rows by column, of a data set id or a path token. */
export async function sampleTable(ports: Ports, source: number | string): Promise<Record<string, unknown[]>> {
  return ports.tables.sample(await folderOf(ports, source));
}

/** Column types, of a data set id or a path token. */
export async function typesOfTable(ports: Ports, source: number | string): Promise<ColumnTypes> {
  return typesOf(await ports.tables.readMeta(await folderOf(ports, source)));
}

/** Statistics, computed with the table; a table without them (a notebook's, a prediction's) gets them now and keeps them. */
export async function infoOfTable(ports: Ports, source: number | string): Promise<AnswerOf<typeof datasetRoutes.info>> {
  const folder = await folderOf(ports, source);
  const meta = await ports.tables.readMeta(folder);
  if (meta.info) return { ...UNSPLIT, ...meta.info };
  const info = await ports.tables.profile(folder);
  // A column renamed meanwhile stays renamed; who asks next gets statistics under the new name.
  if (isDeepStrictEqual(await ports.tables.readMeta(folder), meta))
    await ports.tables.writeMeta(folder, { ...meta, info });
  return { ...UNSPLIT, ...info };
}

/** A data set as CSV. @throws AppError `dataset-not-found`, `dataset-not-finished`. */
export async function exportDataset(ports: Ports, id: number): Promise<FileAnswer> {
  const { name } = await finishedDataset(ports, id);
  return download(ports, await datasetFolder(ports, id), name);
}

/** A table as CSV, filtered and sorted if asked. @throws AppError `path-token-invalid`. */
export async function exportTable(
  ports: Ports,
  query: { path: string; filter_model?: string | undefined; sort_model?: string | undefined },
): Promise<FileAnswer> {
  const folder = await tokenFolder(ports, query.path);
  return download(ports, folder, query.path, {
    filter: parseFilter(query.filter_model),
    sort: parseSort(query.sort_model),
  });
}

/** The picture of a row. @throws AppError `path-token-invalid`, `not-found`. */
export async function imageOfTable(ports: Ports, { path, row }: { path: string; row: number }): Promise<FileAnswer> {
  const { name, mediaType, content } = await ports.tables.readImage(await tokenFolder(ports, path), row);
  return { content, filename: name, mediaType };
}

/** Rows as CSV; of a table of pictures these, as a ZIP archive. */
async function download(
  { tables }: Ports,
  folder: string,
  name: string,
  query: { filter?: GridFilter; sort?: GridSort } = {},
): Promise<FileAnswer> {
  if (!(await tables.hasImages(folder))) return csv(await tables.exportCsv(folder, query), name);
  return { content: await tables.exportImages(folder, query), filename: `${name}.zip`, mediaType: 'application/zip' };
}

const folderOf = (ports: Ports, source: number | string): Promise<string> =>
  typeof source === 'number' ? datasetFolder(ports, source) : tokenFolder(ports, source);
