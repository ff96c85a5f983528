import {
  asCategorical,
  asNumeric,
  categoricalColumn,
  column,
  type Column,
  createFrame,
  type Frame,
  numericColumn,
} from '#frame';

/** These columns of two frames, the second's rows under the first's, in the first's kinds. */
export function stackedRows(names: readonly string[], first: Frame, second: Frame): Frame {
  return createFrame(names.map((name) => stack(column(first, name), column(second, name))));
}

/** The second column's cells under the first's, in the first's kind. */
function stack(first: Column, second: Column): Column {
  if (first.kind === 'numeric') {
    const values = new Float64Array(first.values.length + asNumeric(second).values.length);
    values.set(first.values);
    values.set(asNumeric(second).values, first.values.length);
    return numericColumn(first.name, values, first.type);
  }
  const words = (source: Column): (string | null)[] => {
    const { codes, dictionary } = asCategorical(source);
    return Array.from(codes, (code) => dictionary[code] ?? null);
  };
  return categoricalColumn(first.name, [...words(first), ...words(second)]);
}
