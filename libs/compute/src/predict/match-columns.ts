/** How an input column of a run was found in the data. */
export interface ColumnMatch {
  readonly input: string;
  /** The column of the same name; null when there is none. */
  readonly found: string | null;
  /** When there is none: the one column that only differs in case, spaces, accents or punctuation. */
  readonly alike: string | null;
}

/**
 * Finds each input column in the data by its name. A lookalike counts only where it is the only one, belongs to no other input
 * and is not the output.
 */
export function matchColumns(
  inputs: readonly string[],
  given: readonly string[],
  output: string,
): readonly ColumnMatch[] {
  const present = new Set(given);
  const missing = inputs.filter((name) => !present.has(name));
  const spare = given.filter((name) => name !== output && !inputs.includes(name));
  return inputs.map((input) => {
    if (present.has(input)) return { input, found: input, alike: null };
    const key = likeness(input);
    const candidates = spare.filter((name) => likeness(name) === key);
    const rivals = missing.filter((name) => likeness(name) === key);
    const alike = key !== '' && candidates.length === 1 && rivals.length === 1 ? candidates[0]! : null;
    return { input, found: null, alike };
  });
}

/** Letters and digits alone, without case and accents. */
const likeness = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
