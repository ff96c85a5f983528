import { expect, it } from 'vitest';

import { loaderFor } from './file-loader.js';

const loaders = [
  { name: 'CSVDataLoader', metadata: { supported_extensions: ['.csv', '.zip'] } },
  { name: 'JSONDataLoader', metadata: { supported_extensions: ['.json', '.zip'] } },
  { name: 'OddDataLoader' },
];
const settings = { encoding: 'cp1252', on_bad_lines: 'skip' };

it.each([
  ['Movies.JSON', { dataloader: 'JSONDataLoader' }],
  ['a.b.csv', { dataloader: 'CSVDataLoader', separator: 'auto', ...settings }],
  ['unknown.xyz', { dataloader: 'CSVDataLoader', separator: 'auto', ...settings }],
  ['several-know-it.zip', { dataloader: 'CSVDataLoader', separator: 'auto', ...settings }],
  ['no-ending', { dataloader: 'CSVDataLoader', separator: 'auto', ...settings }],
])('%s', (name, expected) => {
  expect(loaderFor(name, loaders, settings)).toEqual(expected);
});
