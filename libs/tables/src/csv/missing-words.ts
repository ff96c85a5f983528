/** What pandas takes for a missing value when nothing else is said. */
const DEFAULT_MISSING = [
  '',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
];

/** The cells that mean "missing" under a plan, compared as written. */
export function missingWords(plan: {
  readonly keep_default_na: boolean;
  readonly na_values: readonly string[] | null;
}): string[] {
  return [...new Set([...(plan.keep_default_na ? DEFAULT_MISSING : []), ...(plan.na_values ?? [])])];
}
