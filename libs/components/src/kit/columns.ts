import { AppError } from '#contract';

/**
 * The column a parameter names, by name or by its number from 0; null and the empty text name none.
 * @throws AppError `column-not-found` {column}.
 */
export function namedColumn(reference: string | number | null, names: readonly string[]): string | null {
  if (reference === null || reference === '') return null;
  const name = typeof reference === 'number' ? names[reference] : reference;
  if (name === undefined || !names.includes(name)) throw new AppError('column-not-found', { column: reference });
  return name;
}

/** The name itself, or with the first free number behind it (`name_1`), as the reference platform resolves clashes; it is then taken. */
export function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 1; taken.has(free); number++) free = `${name}_${number}`;
  taken.add(free);
  return free;
}
