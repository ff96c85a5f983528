import { Readable } from 'node:stream';
import { basename } from 'node:path/posix';

import { ZipFile } from 'yazl';

import type { Engine } from '../engine/engine.js';
import { filterSql, sortSql } from '../grid/filter-sql.js';
import type { GridFilter, GridSort } from '../grid/grid-query.js';
import { numberedRows } from '../grid/read-page.js';
import { readMeta } from '../table-meta.js';

import { readPlace } from './image-store.js';

/**
 * The pictures of the rows that pass as a ZIP archive: in folders by the first column of words, else in `images`; of equal names the
 * later ones carry their row's number. Pictures are packed already, so they are stored as they are, one at a time.
 */
export async function exportImages(
  engine: Engine,
  folder: string,
  query: { filter?: GridFilter | undefined; sort?: GridSort | undefined },
  signal?: AbortSignal,
): Promise<Readable> {
  const { columns } = await readMeta(folder);
  const { id } = columns.find(({ type }) => type.type === 'Image')!;
  const label = columns.find(({ type }) => type.type === 'Categorical' || type.type === 'Text');
  const where = filterSql(columns, query.filter);
  const orderBy = sortSql(columns, query.sort);
  const sql = `SELECT ${id}.path, ${id}.place, ${id}.size, ${id}.method, file_row_number, ${label ? `${label.id}::VARCHAR` : 'NULL'}
    FROM ${numberedRows(folder)}${where ? ` WHERE ${where.sql}` : ''}${orderBy ? ` ORDER BY ${orderBy}` : ''}`;
  const archive = new ZipFile();
  const names = new Set<string>();
  for (const [path, at, bytes, method, row, level] of await engine.rows(sql, where?.values ?? [], signal)) {
    const place = { path: path as string, at: Number(at), bytes: Number(bytes), method: Number(method) };
    const name = freeName(`${safeFolder(level as string | null)}/${basename(place.path)}`, Number(row), names);
    archive.addReadStreamLazy(name, { compress: false }, (done) => {
      readPlace(folder, place).then(
        (content) => done(null, Readable.from([content])),
        (error: unknown) => done(error, Readable.from([])),
      );
    });
  }
  archive.end();
  return Readable.from(archive.outputStream, { objectMode: false });
}

/** A label as the name of a folder; nothing in it leads anywhere else. */
function safeFolder(label: string | null): string {
  const name = (label ?? 'images').replace(/[/\\:\p{Cc}]/gu, '_').trim();
  return name === '' || /^\.+$/.test(name) ? 'images' : name;
}

function freeName(name: string, row: number, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const free = taken.has(name) ? `${name.slice(0, dot)}_${row}${name.slice(dot)}` : name;
  taken.add(free);
  return free;
}
