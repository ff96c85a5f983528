import { expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';
import type { GridSort } from '../grid/grid-query.js';
import { typesOf } from '../index.js';

import { DATE_FORMATS, INFERRED_DATE_FORMATS } from './date-formats.js';

const t = temporaryTables();

/** A last, a first and a leap day; none reads as another day where day and month change places. */
const DAYS = [
  [2026, 1, 31],
  [1999, 12, 15],
  [2024, 2, 29],
] as const;
const MONTHS = ['January', 'February', 'December'];
const two = (number: number): string => `${number}`.padStart(2, '0');
const written = (format: string, [year, month, day]: (typeof DAYS)[number]): string => {
  const name = MONTHS[Math.min(month, 3) - 1]!;
  const parts = { Y: `${year}`, m: two(month), d: two(day), b: name.slice(0, 3), B: name, H: '13', M: '05', S: '09' };
  return format.replace(/%([A-Za-z])/g, (_, part: keyof typeof parts) => parts[part]);
};
it.each(DATE_FORMATS)('days written as %s stay as they are, and are days when asked for', async (format) => {
  const cells = DAYS.map((day) => written(format, day));
  const file = `day,n\n${cells.map((cell, row) => `"${cell}",${row}`).join('\n')}\n`;
  const shown = async (folder: string, sort: GridSort = []): Promise<string[]> => {
    const { rows } = await t.tables.filterPage(folder, { sort, page: 0, pageSize: 3 });
    return rows.map(({ day }) => String(day));
  };

  const found = await t.ingest(file);
  const inferred = (INFERRED_DATE_FORMATS as readonly string[]).includes(format) ? 'Date' : 'Text';
  expect(typesOf(found.meta)['day']!.type).toBe(format === '%Y%m%d' ? 'Integer' : inferred);
  expect(await shown(found.folder)).toEqual(cells);

  const asked = await t.ingest(file, {}, { types: { day: { type: 'Date', dtype: format } } });
  expect(typesOf(asked.meta)['day']).toMatchObject({ type: 'Date', dtype: format });
  expect(await shown(asked.folder)).toEqual(cells);
  expect(await shown(asked.folder, [{ id: 'day', desc: false }])).toEqual([cells[1], cells[2], cells[0]]);
});
