import type { TableNote } from '../table-meta.js';

/** Objects cannot carry this key through every JSON reader, so no column keeps it. */
const UNSAFE = '__proto__';

/**
 * Usable names from a header: trimmed, an empty one becomes `column_3` by its position, a repeated one `name_2`; each change is noted.
 */
export function columnNames(header: readonly string[]): { names: string[]; notes: TableNote[] } {
  const taken = new Set<string>();
  const reserved = new Set(header.map((name) => name.trim()));
  const notes: TableNote[] = [];
  const names = header.map((given, index) => {
    const trimmed = given.trim();
    const base = trimmed === '' ? `column_${index + 1}` : trimmed === UNSAFE ? 'proto' : trimmed;
    let name = base;
    for (let copy = 2; taken.has(name) || (name !== trimmed && reserved.has(name)); copy++) name = `${base}_${copy}`;
    taken.add(name);
    if (name !== given)
      notes.push({ code: 'name-changed', column: name, values: { from: given, position: index + 1 } });
    return name;
  });
  return { names, notes };
}
