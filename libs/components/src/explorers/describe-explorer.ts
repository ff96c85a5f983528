import { AppError, choice, orNull, phrase, string } from '#contract';
import { select, type CategoricalColumn, type Column, type Frame, type NumericColumn, type TextColumn } from '#frame';
import { quantile } from '#plots';

import { defineExplorer, type ArtifactDraft } from '../kit/explorer.js';
import { textsOf } from '../kit/texts.js';

import { words } from './explorer-words.js';
import { describeTexts } from './describe-texts.js';
import { refusals } from './refusal-words.js';

type Cell = string | number | null;

export const describeExplorer = defineExplorer({
  name: 'DescribeExplorer',
  group: 'Preview / inspection',
  columns: { types: ['*'], min: 1 },
  params: {
    percentiles: orNull(string({ default: '' }), '25, 50, 75'),
    include: orNull(choice({ default: 'all', options: ['all', 'number', 'object', 'category', 'datetime'] }), 'all'),
    exclude: orNull(choice({ default: 'object', options: ['object', 'number', 'category', 'datetime'] })),
  },
  texts: textsOf(describeTexts.head, describeTexts.params),
  notes: [
    'Numbers are those of pandas’ describe. Columns are chosen by their semantic type: number is Integer, Float and Decimal, category is Categorical, datetime is Date, Time, Timestamp and Duration, object is the rest.',
    'An empty `include` means number where there are numbers and all otherwise, as in pandas. `exclude` also works together with `all`.',
  ],

  explore(frame, columns, { percentiles, include, exclude }, { tick }) {
    const fractions = fractionsOf(percentiles);
    const given = select(frame, columns).columns;
    const wanted = include ?? (given.some(({ kind }) => kind === 'numeric') ? 'number' : 'all');
    const chosen = given.filter((one) => {
      const group = groupOf(one);
      return group !== exclude && (wanted === 'all' || group === wanted);
    });
    if (chosen.length === 0)
      throw new AppError('explorer-parameters-invalid', { parameter: 'include', reason: refusals.noColumn });
    const described = chosen.map((one, index) => {
      tick?.(index, chosen.length);
      return one.kind === 'numeric' ? describeNumbers(one, fractions) : describeWords(one);
    });
    return [table(chosen, described, fractions)];
  },
});

const DATES: ReadonlySet<string> = new Set(['Date', 'Time', 'Timestamp', 'Duration']);

function groupOf({ kind, type }: Column): 'number' | 'category' | 'datetime' | 'object' {
  if (kind === 'numeric') return 'number';
  if (kind === 'categorical') return 'category';
  return DATES.has(type.type) ? 'datetime' : 'object';
}

/** Fractions in rising order from `25, 50, 75`; empty means these three. */
function fractionsOf(percentiles: string | null): number[] {
  const words =
    (percentiles ?? '').trim() === '' ? ['25', '50', '75'] : percentiles!.split(',').map((word) => word.trim());
  const numbers = words.map((word) => (/^\d{1,3}$/.test(word) ? Number(word) : NaN));
  const bad = numbers.findIndex((number) => !(number <= 100));
  if (bad >= 0)
    throw new AppError('explorer-parameters-invalid', {
      parameter: 'percentiles',
      reason: phrase(refusals.noPercentile, { word: words[bad]! }),
    });
  if (new Set(numbers).size < numbers.length)
    throw new AppError('explorer-parameters-invalid', {
      parameter: 'percentiles',
      reason: refusals.percentileTwice,
    });
  return numbers.sort((a, b) => a - b).map((number) => number / 100);
}

type Description = Readonly<Record<string, Cell>>;

const percentLabel = (fraction: number): string => `${Math.round(fraction * 100)}%`;

function describeNumbers({ values }: NumericColumn, fractions: readonly number[]): Description {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const count = sorted.length;
  let sum = 0;
  for (const value of sorted) sum += value;
  const mean = sum / count;
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  return {
    count,
    mean: finite(mean),
    std: count < 2 ? null : finite(Math.sqrt(squares / (count - 1))),
    min: finite(sorted[0]),
    ...Object.fromEntries(fractions.map((fraction) => [percentLabel(fraction), finite(quantile(sorted, fraction))])),
    max: finite(sorted[count - 1]),
  };
}

const finite = (value = NaN): number | null => (Number.isFinite(value) ? value : null);

function describeWords(source: CategoricalColumn | TextColumn): Description {
  const counts = new Map<string | number, number>();
  let count = 0;
  for (const value of source.kind === 'categorical' ? source.codes : source.values) {
    if (value === null || value === -1) continue;
    count++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  let top: string | number | null = null;
  let freq = 0;
  for (const [value, times] of counts) if (times > freq) [top, freq] = [value, times];
  const word = source.kind === 'categorical' ? (source.dictionary[top as number] ?? null) : top;
  return { count, unique: counts.size, top: word, freq: top === null ? null : freq };
}

/** Statistics as rows, columns as columns, in the order pandas prints them. */
function table(
  chosen: Frame['columns'],
  described: readonly Description[],
  fractions: readonly number[],
): ArtifactDraft {
  const levels = chosen.some(({ kind }) => kind !== 'numeric') ? ['unique', 'top', 'freq'] : [];
  const numbers = chosen.some(({ kind }) => kind === 'numeric')
    ? ['mean', 'std', 'min', ...fractions.map(percentLabel), 'max']
    : [];
  const rows = ['count', ...levels, ...numbers].map((name) => [name, ...described.map((one) => one[name] ?? null)]);
  return {
    type: 'table',
    title: phrase(words.description, { count: chosen.length }),
    payload: { columns: ['index', ...chosen.map(({ name }) => name)], rows },
  };
}
