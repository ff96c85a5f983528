import { describe, expect, it } from 'vitest';

import { matchColumns } from './match-columns.js';

const alike = (inputs: string[], given: string[], output = 'y') =>
  matchColumns(inputs, given, output).map(({ found, alike }) => found ?? (alike === null ? null : `~${alike}`));

describe('columns of the data are found', () => {
  it.each([
    [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'b'],
    ],
    [['Body Mass (g)'], ['body_mass_g'], ['~body_mass_g']],
    [['Größe'], ['GROSSE', 'grösse'], [null]],
    [['Größe'], ['GRÖSSE'], [null]],
    [['Café'], ['cafe'], ['~cafe']],
    [['a'], ['A', 'a '], [null]],
    [['a', 'A '], ['a.'], [null, null]],
    [
      ['a', 'A'],
      ['a', 'x'],
      ['a', null],
    ],
    [['a'], [], [null]],
    [['%'], ['$'], [null]],
    [['a'], ['A'], [null], 'A'],
  ] as [string[], string[], (string | null)[], string?][])('%j in %j', (inputs, given, expected, output) => {
    expect(alike(inputs, given, output)).toEqual(expected);
  });
});
