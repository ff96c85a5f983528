import { AppError, phrase } from '#contract';
import { sortCategories, type CategoricalColumn } from '#frame';

import { readList, type Literal } from './literal-list.js';
import { refusals } from './refusal-words.js';

interface Options {
  readonly categories: string;
  readonly drop: string | null;
  readonly handle_unknown: 'error' | 'ignore' | 'infrequent_if_exist';
  readonly min_frequency: number | null;
  readonly max_categories: number | null;
}

/** Which new column each category of a column fills; plain values, part of the fitted state. */
export interface OneHotPlan {
  readonly [key: string]: string | number | readonly (string | null)[] | readonly string[] | readonly number[];
  readonly name: string;
  /** Known categories; null is a missing value. */
  readonly categories: readonly Literal[];
  /** Number of the output of each category, −1 for a dropped one. */
  readonly slots: readonly number[];
  readonly outputs: readonly string[];
  /** Output of categories that are not known, −1 for none. */
  readonly unknown: number;
}

/**
 * Learns the outputs of the `index`th of `count` columns.
 * @throws AppError `parameters-invalid` for lists that cannot be read or do not fit; `category-unseen` for a value outside the given
 * categories when unknown ones are refused.
 */
export function oneHotPlan(source: CategoricalColumn, index: number, count: number, options: Options): OneHotPlan {
  const tallies = tally(source);
  const categories =
    options.categories.trim() === 'auto'
      ? presentCategories(tallies)
      : givenCategories(options.categories, index, count);
  if (options.handle_unknown === 'error')
    for (const [value, times] of tallies)
      if (times > 0 && !categories.includes(value))
        throw new AppError('category-unseen', { column: source.name, value: value ?? '(missing)' });
  const rare = rareCategories(
    categories.map((value) => tallies.get(value) ?? 0),
    source.codes.length,
    options,
  );
  const frequent = categories.filter((_, at) => !rare.has(at));
  const labels = frequent.map((value) => `${source.name}_${value ?? 'nan'}`);
  if (rare.size > 0) labels.push(`${source.name}_infrequent_sklearn`);
  const dropped = droppedOutput(options.drop, frequent, rare.size > 0, index, count);
  const slotOf = (output: number): number =>
    output === dropped ? -1 : dropped >= 0 && output > dropped ? output - 1 : output;
  const slots = categories.map((value, at) => slotOf(rare.has(at) ? frequent.length : frequent.indexOf(value)));
  return {
    name: source.name,
    categories,
    slots,
    outputs: labels.filter((_, output) => output !== dropped),
    unknown: options.handle_unknown === 'infrequent_if_exist' && rare.size > 0 ? slotOf(frequent.length) : -1,
  };
}

/** Rows per category, null being the missing value. */
export function tally({ codes, dictionary }: CategoricalColumn): Map<Literal, number> {
  const counts = new Float64Array(dictionary.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else counts[code]!++;
  }
  return new Map<Literal, number>([...dictionary.map((word, code) => [word, counts[code]!] as const), [null, missing]]);
}

/** Categories that occur, in order; a missing value comes last. */
export function presentCategories(tallies: ReadonlyMap<Literal, number>): Literal[] {
  const present = [...tallies].filter(([, times]) => times > 0).map(([value]) => value);
  const words = sortCategories(present.filter((value) => value !== null));
  return present.includes(null) ? [...words, null] : words;
}

/** The categories written for the `index`th of `count` columns. @throws AppError `parameters-invalid`. */
export function givenCategories(text: string, index: number, count: number): Literal[] {
  const read = readList(text);
  const lists = read?.every((item) => Array.isArray(item)) ? read : count === 1 ? [read] : undefined;
  const mine = lists?.length === count ? lists[index] : undefined;
  if (
    !Array.isArray(mine) ||
    mine.length === 0 ||
    mine.some((item) => Array.isArray(item)) ||
    new Set(mine).size < mine.length
  )
    throw new AppError('parameters-invalid', {
      parameter: 'categories',
      reason: phrase(refusals.categories, { count }),
    });
  return mine as Literal[];
}

/** Places of the categories that share one output: the rarer ones, of equally common ones the earlier. */
export function rareCategories(
  counts: readonly number[],
  rows: number,
  { min_frequency, max_categories }: Pick<Options, 'min_frequency' | 'max_categories'>,
): Set<number> {
  const least = min_frequency === null ? 0 : Number.isInteger(min_frequency) ? min_frequency : min_frequency * rows;
  const rare = new Set(counts.flatMap((times, at) => (times < least ? [at] : [])));
  // The output of the rare ones counts even before there are any, as in scikit-learn: of three categories at most three give two.
  if (max_categories !== null && counts.length - rare.size + 1 > max_categories) {
    const byCount = [...counts.keys()].sort((a, b) => counts[a]! - counts[b]! || a - b);
    for (const at of byCount.slice(0, counts.length - (max_categories - 1))) rare.add(at);
  }
  return rare;
}

function droppedOutput(
  drop: string | null,
  frequent: readonly Literal[],
  rare: boolean,
  index: number,
  count: number,
): number {
  const outputs = frequent.length + (rare ? 1 : 0);
  if (drop === null || drop.trim() === '') return -1;
  if (drop === 'first') return 0;
  if (drop === 'if_binary') return outputs === 2 ? 0 : -1;
  const list = readList(drop);
  const value = list?.length === count ? list[index] : undefined;
  const at = Array.isArray(value) || value === undefined ? -1 : frequent.indexOf(value as Literal);
  if (at < 0)
    throw new AppError('parameters-invalid', {
      parameter: 'drop',
      reason: phrase(refusals.drop, { count }),
    });
  return at;
}

interface Output {
  readonly known: boolean;
  readonly slot: number;
}

/** Where each level of a dictionary goes. */
export function outputsOf(
  { categories, slots, unknown }: OneHotPlan,
  dictionary: readonly string[],
): { readonly levels: readonly Output[]; readonly missing: Output } {
  const places = new Map(categories.map((value, at) => [value, at]));
  const output = (value: Literal): Output => {
    const at = places.get(value);
    return at === undefined ? { known: false, slot: unknown } : { known: true, slot: slots[at]! };
  };
  return { levels: dictionary.map(output), missing: output(null) };
}
