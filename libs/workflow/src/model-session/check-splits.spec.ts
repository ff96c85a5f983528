import { expect, it } from 'vitest';

import type { ColumnTypes } from '#contract';

import { checkSplits } from './check-splits.js';

const types: ColumnTypes = { patient: { type: 'Text', dtype: 'string' } };
const byGroups = { name: 'GroupKFoldSplitter', metadata: { group_param: 'group_column' } };
const byRows = { name: 'LeaveOneOutSplitter', metadata: { most_rows: 2000 } };
const splits = (params: object) => ({ params: { ...params }, splitted_indexes: null });

it('takes a column of the table to group by, and no more rows than a splitter can divide', () => {
  checkSplits(byGroups, splits({ group_column: 'patient' }), { types, rows: 5000 });
  checkSplits(byRows, splits({}), { types, rows: 2000 });
  checkSplits({ name: 'KFoldSplitter', metadata: {} }, splits({}), { types, rows: 5000 });
});

it.each([null, '', undefined, 7])('refuses %j as a group column', (group_column) => {
  const check = (): void => checkSplits(byGroups, splits({ group_column }), { types, rows: 10 });
  expect(check).toThrow('group-column-missing');
});

it.each(['doctor', 'toString', '__proto__'])('refuses %s, which is no column', (group_column) => {
  const check = (): void => checkSplits(byGroups, splits({ group_column }), { types, rows: 10 });
  expect(check).toThrow(expect.objectContaining({ code: 'splits-invalid' }));
});

it('refuses one row too many, unless the rows of every part are given', () => {
  const table = { types, rows: 2001 };
  expect(() => checkSplits(byRows, splits({}), table)).toThrow(
    expect.objectContaining({ code: 'splitter-rows-too-many', values: { splitter: 'LeaveOneOutSplitter', rows: 2001, most: 2000 } }), // prettier-ignore
  );
  const given = { train_indexes: [0], test_indexes: [1], val_indexes: [] };
  checkSplits(byRows, { params: {}, splitted_indexes: given }, table);
  checkSplits(byGroups, { params: {}, splitted_indexes: given }, table);
});
