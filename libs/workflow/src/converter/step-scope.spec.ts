import { describe, expect, it } from 'vitest';

import { AppError } from '#contract';

import { stepScope } from './step-scope.js';

const read = (parameters: Record<string, unknown>) => stepScope({ parameters }, ['a', 'b', 'c']);
const all = { params: {}, columns: null, rows: null, target: null };

describe('the scope of a step', () => {
  it('is everything where nothing is said', () => {
    expect(read({ order: 0 })).toEqual(all);
    expect(read({ params: null, scope: null, target: null })).toEqual(all);
    expect(read({ scope: { columns: [], rows: [] }, target: {}, params: { x: 1 } }).params).toEqual({ x: 1 });
  });

  it('names columns as the real client does, whose idx counts from 1, and by the name where both are there', () => {
    const chosen = { idx: 2, columnName: 'b', valueType: 'Float', dataType: 'float64' };
    expect(read({ scope: { columns: [chosen] }, target: { ...chosen, idx: 3, columnName: 'c' } })).toMatchObject({
      columns: ['b'],
      target: 'c',
    });
    expect(read({ scope: { columns: [{ ...chosen, idx: 1 }] } }).columns).toEqual(['b']);
    expect(read({ scope: { columns: [{ idx: 1 }] }, target: { idx: 3 } })).toMatchObject({
      columns: ['a'],
      target: 'c',
    });
  });

  it('takes names and numbers from 0 too', () => {
    expect(read({ scope: { columns: ['c', 0, { id: 1 }] } }).columns).toEqual(['c', 'a', 'b']);
    expect(read({ target: { column: 'b' } }).target).toBe('b');
    expect(read({ target: { column: 2 } }).target).toBe('c');
    expect(read({ target: { columnName: 'a' } }).target).toBe('a');
  });

  it('counts rows from 0, by range and by index', () => {
    expect(read({ scope: { rows: [0, 1, 2] } }).rows).toEqual([0, 1, 2]);
    expect(read({ scope: { rows: [{ id: 7 }, 0] } }).rows).toEqual([7, 0]);
  });

  it.each([
    [{ scope: { columns: [3] } }, 'column-not-found'],
    [{ scope: { columns: [{ idx: 0 }] } }, 'column-not-found'],
    [{ target: { idx: 4 } }, 'column-not-found'],
    [{ scope: { columns: [true] } }, 'parameters-invalid'],
    [{ scope: { rows: ['first'] } }, 'parameters-invalid'],
    [{ scope: { rows: [0.5] } }, 'parameters-invalid'],
    [{ target: { columnName: 7 } }, 'parameters-invalid'],
  ])('%j is %s', (parameters, code) => {
    expect(() => read(parameters)).toThrow(AppError);
    expect(() => read(parameters)).toThrow(code);
  });
});
