/**
 * What the values of a column are, as a type of DuckDB: `DOUBLE`, `BOOLEAN`, `VARCHAR`, lists of them with `[]` for each level, `JSON` for
 * what is mixed or nested. Empty where only missing values were seen.
 */
export type ColumnKind = string;

const MIXED = 'JSON';

/** The kind of one value of JSON. */
export function kindOf(value: unknown): ColumnKind {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return listOf(value.map(kindOf).reduce(joinKinds, ''));
  return { number: 'DOUBLE', boolean: 'BOOLEAN', string: 'VARCHAR' }[typeof value as string] ?? MIXED;
}

/** The kind that holds the values of both. */
export function joinKinds(one: ColumnKind, other: ColumnKind): ColumnKind {
  if (one === other || other === '') return one;
  if (one === '') return other;
  const areLists = one.endsWith('[]') && other.endsWith('[]');
  return areLists ? listOf(joinKinds(one.slice(0, -2), other.slice(0, -2))) : MIXED;
}

/** The type of a column; text where nothing was seen. */
export const typeOf = (kind: ColumnKind): string => (/^(?:\[\])*$/.test(kind) ? `VARCHAR${kind}` : kind);

const listOf = (kind: ColumnKind): ColumnKind => (kind === MIXED ? MIXED : `${kind}[]`);
