import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const file = (name: string): string => readFileSync(require.resolve(`vega-datasets/data/${name}`), 'utf8');

/** JSON records as CSV, null as an empty cell. */
function csvOf(records: readonly Readonly<Record<string, unknown>>[]): string {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cell = (value: unknown): string => {
    const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return (
    [names, ...records.map((record) => names.map((name) => record[name]))]
      .map((row) => row.map(cell).join(','))
      .join('\n') + '\n'
  );
}
const records = (name: string): Record<string, unknown>[] => JSON.parse(file(name)) as Record<string, unknown>[];

/** 344 penguins: two have no measurements, eleven no sex. */
export const penguins = (): string => csvOf(records('penguins.json'));
/** 1,461 days with dates and a weather word. */
export const seattleWeather = (): string => file('seattle-weather.csv');
/** 3,201 films with mixed types and many holes. */
export const movies = (): string => csvOf(records('movies.json'));
