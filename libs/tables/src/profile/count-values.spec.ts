import { describe, expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';

const t = temporaryTables();
const csv = `number,kind,word\n${['2.5,b,one', '2.5,a,two', ',a,three', '1,c,', '1,b,five', '7,,six'].join('\n')}\n`;

describe('countValues', () => {
  it('answers the most frequent values, equal ones in order, without the missing cells', async () => {
    const { folder } = await t.ingest(csv);
    expect(await t.tables.countValues(folder, 'number', 10)).toEqual({
      distinct: 3,
      values: [
        { value: 1, rows: 2 },
        { value: 2.5, rows: 2 },
        { value: 7, rows: 1 },
      ],
    });
    expect(await t.tables.countValues(folder, 'kind', 1)).toEqual({ distinct: 3, values: [{ value: 'a', rows: 2 }] });
  });

  it('of 200,000 different values holds only those that were asked for', async () => {
    const rows = Array.from({ length: 200_000 }, (_none, i) => `${i / 2}`);
    const { folder } = await t.ingest(`number\n${rows.join('\n')}\n0\n`);
    expect(await t.tables.countValues(folder, 'number', 2)).toEqual({
      distinct: 200_000,
      values: [
        { value: 0, rows: 2 },
        { value: 0.5, rows: 1 },
      ],
    });
  });

  it('refuses a column there is not', async () => {
    const { folder } = await t.ingest(csv);
    await expect(t.tables.countValues(folder, 'none', 1)).rejects.toMatchObject({ code: 'column-not-found' });
  });
});
