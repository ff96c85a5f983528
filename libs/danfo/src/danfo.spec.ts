import { describe, expect, it } from 'vitest';

import { categoricalColumn, createFrame, numericColumn, textColumn, toRecords, typeEntry } from '#frame';

import { DANFO_MAX_ROWS, fromDanfo, toDanfo } from './index.js';

const frame = createFrame([
  numericColumn('size', [1.5, NaN, 3]),
  numericColumn('count', [1, 2, 3], typeEntry('Integer')),
  categoricalColumn('colour', ['red', null, 'blue']),
  textColumn('note', ['a', 'b', null]),
]);

describe('danfo', () => {
  it('hands a frame over and takes it back', async () => {
    const data = await toDanfo(frame);
    expect(data.columns).toEqual(['size', 'count', 'colour', 'note']);
    const back = fromDanfo(data);
    expect(toRecords(back)).toEqual(toRecords(frame));
    expect(back.columns.map(({ type }) => type.type)).toEqual(['Float', 'Integer', 'Text', 'Text']);
  });

  it('lets danfojs work on it', async () => {
    const { getDummies, StandardScaler } = await import('danfojs-node');
    const data = await toDanfo(createFrame([numericColumn('x', [1, 2, 3]), categoricalColumn('c', ['a', 'b', 'a'])]));
    expect(data.groupby(['c']).col(['x']).mean().values).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
    const dummies = fromDanfo(getDummies(data, { columns: ['c'] }));
    expect(toRecords(dummies)[1]).toEqual({ x: 2, c_a: 0, c_b: 1 });
    const scaled = new StandardScaler().fitTransform([1, 2, 3]) as unknown;
    expect((scaled as number[])[1]).toBeCloseTo(0, 6);
  });

  it('refuses frames that danfojs would choke on', async () => {
    const large = createFrame([numericColumn('x', new Float64Array(DANFO_MAX_ROWS + 1))]);
    await expect(toDanfo(large)).rejects.toMatchObject({
      code: 'frame-too-large',
      values: { rows: 20_001, limit: 20_000 },
    });
  });
});
