import { AppError, bool, choice, float, int, orNull, type ParamsOf, phrase, string, union } from '#contract';
import {
  categoricalColumn,
  column,
  createFrame,
  numericColumn,
  typeEntry,
  type CategoricalColumn,
  type Column,
  type NumericColumn,
} from '#frame';

import { freeName } from '../kit/columns.js';
import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { imputerRules, imputerTexts } from './imputer-texts.js';
import { refusals } from './refusal-words.js';

const params = {
  strategy: choice({ default: 'mean', options: ['mean', 'median', 'most_frequent', 'constant'] }),
  fill_value: orNull(
    union({ default: null, of: [int({ default: 0 }), float({ default: 0 }), string({ default: '' })] }),
  ),
  add_indicator: bool({ default: false }),
  keep_empty_features: bool({ default: false }),
};
type Params = ParamsOf<typeof params>;
/** What stands in for missing values of a column; null for a column that had no value and is left out. */
type Fill = number | string | null;

export const simpleImputer = defineConverter({
  name: 'SimpleImputer',
  category: 'Basic preprocessing',
  columns: { types: ['Float', 'Integer', 'Categorical'], min: 1 },
  params,
  texts: textsOf(imputerTexts.head, imputerTexts.params),
  rules: imputerRules,
  notes: [
    'A column without any value is left out unless `keep_empty_features` is on; it then gets 0, or the constant.',
    'An Integer column becomes Float when what fills its holes is not whole.',
  ],

  fit(frame, _, chosen) {
    const taken = new Set(frame.columns.map(({ name }) => name));
    return {
      names: frame.columns.map(({ name }) => name),
      fills: frame.columns.map((source) => fillOf(source, chosen)),
      indicated: chosen.add_indicator ? frame.columns.filter(hasHoles).map(({ name }) => name) : [],
      indicators: chosen.add_indicator
        ? frame.columns.filter(hasHoles).map(({ name }) => freeName(`missingindicator_${name}`, taken))
        : [],
    };
  },

  transform({ names, fills, indicated, indicators }, frame) {
    const filled = names.flatMap((name, index) => {
      const fill = fills[index] as Fill;
      return fill === null ? [] : [fillHoles(column(frame, name), fill)];
    });
    const flags = indicated.map((name, index) => flag(column(frame, name), indicators[index]!));
    return createFrame([...filled, ...flags], frame.rows);
  },
});

const hasHoles = (source: Column): boolean =>
  source.kind === 'numeric'
    ? source.values.some((value) => Number.isNaN(value))
    : source.kind === 'categorical' && source.codes.includes(-1);

function fillOf(source: Column, chosen: Params): Fill {
  if (source.kind === 'numeric') return numberFor(source, chosen);
  if (source.kind === 'categorical') return wordFor(source, chosen);
  throw new AppError('converter-columns-invalid', { reason: `"${source.name}": ${source.type.type}` });
}

function numberFor(source: NumericColumn, { strategy, fill_value, keep_empty_features }: Params): number | null {
  const present = source.values.filter((value) => !Number.isNaN(value));
  if (present.length === 0 && !keep_empty_features) return null;
  if (strategy === 'constant') return constantNumber(source.name, fill_value);
  if (present.length === 0) return 0;
  if (strategy === 'mean') return present.reduce((sum, value) => sum + value, 0) / present.length;
  present.sort();
  const middle = present.length >> 1;
  if (strategy === 'median')
    return present.length % 2 ? present[middle]! : (present[middle - 1]! + present[middle]!) / 2;
  return commonest(present);
}

function constantNumber(name: string, value: Params['fill_value']): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new AppError('parameters-invalid', {
    parameter: 'fill_value',
    reason: phrase(refusals.needsNumber, { column: name }),
  });
}

/** The commonest of rising values, the smallest one of equally common ones. */
function commonest(sorted: Float64Array): number {
  let best = sorted[0]!;
  let most = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from > most) [best, most] = [sorted[from]!, to - from];
    from = to;
  }
  return best;
}

function wordFor(source: CategoricalColumn, { strategy, fill_value, keep_empty_features }: Params): string | null {
  if (strategy === 'mean' || strategy === 'median')
    throw new AppError('converter-columns-invalid', {
      reason: phrase(refusals.needsNumbers, { strategy, column: source.name }),
    });
  const counts = new Float64Array(source.dictionary.length);
  for (const code of source.codes) if (code >= 0) counts[code]!++;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0 && !keep_empty_features) return null;
  if (strategy === 'constant') {
    const word = String(fill_value);
    if (word !== '') return word;
    throw new AppError('parameters-invalid', {
      parameter: 'fill_value',
      reason: refusals.emptyText,
    });
  }
  if (most === 0) return '0';
  const common = source.dictionary.filter((_, code) => counts[code] === most);
  return common.reduce((a, b) => (b < a ? b : a));
}

function fillHoles(source: Column, fill: number | string): Column {
  if (source.kind === 'numeric') {
    const number = Number(fill);
    const type = source.type.type === 'Integer' && !Number.isInteger(number) ? typeEntry('Float') : source.type;
    return numericColumn(
      source.name,
      source.values.map((value) => (Number.isNaN(value) ? number : value)),
      type,
    );
  }
  const words =
    source.kind === 'categorical'
      ? Array.from(source.codes, (code) => source.dictionary[code] ?? String(fill))
      : source.values.map((value) => value ?? String(fill));
  return categoricalColumn(source.name, words, source.type);
}

/** 1 where the column has no value, 0 elsewhere. */
function flag(source: Column, name: string): NumericColumn {
  const values =
    source.kind === 'categorical'
      ? Float64Array.from(source.codes, (code) => (code < 0 ? 1 : 0))
      : Float64Array.from(source.values as ArrayLike<number | null>, (value) =>
          value === null || Number.isNaN(value) ? 1 : 0,
        );
  return numericColumn(name, values, typeEntry('Integer'));
}
