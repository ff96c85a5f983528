import { describe, expect, it } from 'vitest';

import { categoricalColumn, createFrame, numericColumn, textColumn, toRecords, typeEntry } from '#frame';

import { temporaryTables } from '../../test/temporary-tables.js';

const t = temporaryTables();
const count = 5000;
const frame = createFrame([
  numericColumn(
    'x',
    Float64Array.from({ length: count }, (_, row) => (row % 7 === 0 ? NaN : row / 3)),
  ),
  numericColumn(
    'whole',
    Float64Array.from({ length: count }, (_, row) => row),
    typeEntry('Integer'),
  ),
  categoricalColumn(
    'level',
    Array.from({ length: count }, (_, row) => (row % 5 === 0 ? null : `l'${row % 4}`)),
  ),
  textColumn(
    'text',
    Array.from({ length: count }, (_, row) => (row % 3 === 0 ? null : `t "${row}" ✓`)),
  ),
]);
const stored = async () => {
  const folder = t.fresh();
  await t.tables.writeFrame(frame, folder);
  return folder;
};

describe('frames', () => {
  it('come back as they were written, on shared memory', async () => {
    const back = await t.tables.readFrame(await stored());
    expect(toRecords(back)).toEqual(toRecords(frame));
    expect(back.columns.map(({ kind, name, type }) => [kind, name, type])).toEqual(
      frame.columns.map(({ kind, name, type }) => [kind, name, type]),
    );
    expect((back.columns[0] as { values: Float64Array }).values.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('read chosen columns and rows: a range, a few, many, repeated, out of order', async () => {
    const folder = await stored();
    const read = async (rows: Parameters<typeof t.tables.readFrame>[1]) =>
      toRecords(await t.tables.readFrame(folder, rows));
    const all = toRecords(frame);
    expect(await read({ columns: ['whole'], rows: { start: 4990, count: 100 } })).toEqual(
      all.slice(4990).map(({ whole }) => ({ whole })),
    );
    expect(await read({ rows: [4999, 0, 4999, 17] })).toEqual([all[4999], all[0], all[4999], all[17]]);
    const many = Int32Array.from({ length: 4000 }, (_, at) => (at * 3) % count);
    expect(await read({ rows: many })).toEqual([...many].map((row) => all[row]));
    expect(await read({ rows: [] })).toEqual([]);
    await expect(t.tables.readFrame(folder, { columns: ['nope'] })).rejects.toMatchObject({ code: 'column-not-found' });
    await expect(t.tables.readFrame(folder, { rows: [count] })).rejects.toBeInstanceOf(RangeError);
  });

  it('may have no rows, no levels, fractions under a whole type', async () => {
    const odd = createFrame([categoricalColumn('c', [null, null]), numericColumn('n', [1.5, 2], typeEntry('Integer'))]);
    const folder = t.fresh();
    await t.tables.writeFrame(odd, folder);
    expect(toRecords(await t.tables.readFrame(folder))).toEqual(toRecords(odd));
    await t.tables.writeFrame(createFrame([textColumn('a', [])]), folder);
    expect(await t.tables.rowCount(folder)).toBe(0);
    expect((await t.tables.readFrame(folder)).columns).toHaveLength(1);
  });

  it('take more levels than DuckDB is asked to code', async () => {
    const words = Array.from({ length: 6000 }, (_, row) => `w${row}`);
    const folder = t.fresh();
    await t.tables.writeFrame(createFrame([categoricalColumn('c', words)]), folder);
    expect(toRecords(await t.tables.readFrame(folder)).map((row) => row['c'])).toEqual(words);
  });
});

describe('changes', () => {
  it('keep some rows in their order and put new ones behind, over several row groups', async () => {
    const many = 70_000;
    const large = createFrame([
      numericColumn(
        'n',
        Float64Array.from({ length: many }, (_, row) => row),
        typeEntry('Integer'),
      ),
      textColumn(
        't',
        Array.from({ length: many }, (_, row) => (row % 3 ? `t${row}` : null)),
      ),
      categoricalColumn(
        'c',
        Array.from({ length: many }, (_, row) => `l${row % 4}`),
      ),
    ]);
    const [folder, target, whole] = [t.fresh(), t.fresh(), t.fresh()];
    await t.tables.writeFrame(large, folder);
    const kept = Int32Array.from({ length: many / 2 }, (_, at) => 2 * at + 1);
    const added = createFrame([
      categoricalColumn('c', ['l3', null], large.columns[2]!.type),
      numericColumn('n', [-1, NaN], typeEntry('Integer')),
    ]);
    const meta = await t.tables.changeRows(folder, { kept, added }, target);
    expect(meta).toMatchObject({ rows: many / 2 + 2, columns: (await t.tables.readMeta(folder)).columns });
    const back = toRecords(await t.tables.readFrame(target));
    const all = toRecords(large);
    expect(back.slice(0, -2)).toEqual([...kept].map((row) => all[row]));
    expect(back.slice(-2)).toEqual([
      { n: -1, t: null, c: 'l3' },
      { n: null, t: null, c: null },
    ]);
    await t.tables.changeRows(folder, { kept: Array.from({ length: many }, (_, row) => row), added: null }, whole);
    expect(await t.tables.rowCount(whole)).toBe(many);
    await expect(t.tables.changeRows(folder, { kept: [many], added: null }, t.fresh())).rejects.toBeInstanceOf(
      RangeError,
    );
    await expect(t.tables.changeRows(folder, { kept: [3, 3], added: null }, t.fresh())).rejects.toBeInstanceOf(
      RangeError,
    );
  });

  it('append, replace and drop columns without touching the source', async () => {
    const folder = await stored();
    const target = t.fresh();
    const added = createFrame([
      numericColumn('x', new Float64Array(count).fill(1)),
      numericColumn('new', new Float64Array(count).fill(2)),
    ]);
    const meta = await t.tables.appendColumns(folder, added, target);
    expect(meta.columns.map(({ name }) => name)).toEqual(['x', 'whole', 'level', 'text', 'new']);
    const [first] = toRecords(await t.tables.readFrame(target, { rows: [4321] }));
    expect(first).toMatchObject({ x: 1, whole: 4321, new: 2 });
    const slim = t.fresh();
    await t.tables.dropColumns(target, ['text', 'x'], slim);
    expect((await t.tables.page(slim, { offset: 4321, limit: 1 })).rows).toEqual([
      { whole: 4321, level: `l'1`, new: 2 },
    ]);
    expect(toRecords(await t.tables.readFrame(folder, { rows: [1] }))).toEqual([toRecords(frame)[1]]);
  });

  it('rename a column everywhere, and a copy keeps its own name', async () => {
    const folder = await stored();
    const info = await t.tables.profile(folder);
    await t.tables.writeMeta(folder, { ...(await t.tables.readMeta(folder)), info });
    const copy = t.fresh();
    await t.tables.copyTable(folder, copy);
    const meta = await t.tables.renameColumn(folder, 'whole', ' total ');
    expect(JSON.stringify(meta.info)).not.toContain('"whole"');
    expect(Object.keys(meta.info!.correlations!)).toEqual(['x', 'total']);
    expect(Object.keys((await t.tables.page(folder, { offset: 0, limit: 1 })).rows[0]!)).toEqual([
      'x',
      'total',
      'level',
      'text',
    ]);
    expect((await t.tables.readMeta(copy)).columns[1]!.name).toBe('whole');
    await expect(t.tables.renameColumn(folder, 'x', 'total')).rejects.toMatchObject({ code: 'column-exists' });
    await expect(t.tables.renameColumn(folder, 'x', 'x')).rejects.toMatchObject({ code: 'column-rename-invalid' });
  });
});
