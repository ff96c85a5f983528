import { AppError } from '#contract';

import type { TextSource } from '../csv/text-source.js';
import type { ReadLimits } from '../read/open-file.js';
import type { RowSource, TextRow } from '../read/open-rows.js';

import type { Member } from './members-at.js';
import { cellText, isObject, parseMember, refuseHalves } from './parse-member.js';

/** A file of columns cannot be read row by row: it is held in memory, so it must be small. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Columns by name: lists of values, or objects of them by row label, as pandas writes both. Rows are the labels in the order they first
 * appear. An object of single values is one row.
 * @throws AppError `format-too-large`, `record-wrong`, `text-unstorable`, `too-many-columns`, `no-rows`.
 */
export async function readColumns(
  source: TextSource,
  members: AsyncIterable<Member>,
  { maxColumns }: ReadLimits,
): Promise<RowSource> {
  if (source.sizeBytes > MAX_BYTES) throw new AppError('format-too-large', { format: 'JSON', limitBytes: MAX_BYTES });
  const columns = new Map<string, Map<string, string | null>>();
  const labels = new Set<string>();
  for await (const { key, text } of members) {
    refuseHalves(key, `${columns.size + 1}`);
    const cells = cellsOf(parseMember(text.toString(), columns.size + 1));
    columns.set(key!, cells);
    for (const label of cells.keys()) labels.add(label);
    if (columns.size > maxColumns) throw new AppError('too-many-columns', { count: columns.size, limit: maxColumns });
  }
  if (labels.size === 0) throw new AppError('no-rows');
  let read = 0;
  return {
    names: [...columns.keys()],
    previewedBytes: source.sizeBytes,
    detected: { layout: 'columns' },
    *rows(): Generator<TextRow> {
      read = 0;
      for (const label of labels) {
        read++;
        yield [...columns.values()].map((cells) => cells.get(label) ?? null);
      }
    },
    progress: () => read / labels.size,
  };
}

function cellsOf(value: unknown): Map<string, string | null> {
  if (Array.isArray(value)) return new Map(value.map((cell, row) => [String(row), cellText(cell)]));
  if (isObject(value)) return new Map(Object.entries(value).map(([label, cell]) => [label, cellText(cell)]));
  return new Map([['0', cellText(value)]]);
}
