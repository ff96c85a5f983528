import type { Row } from '../sink.js';
import type { Plain } from '../values/plain.js';

/** A row as one value: of a single field its value, otherwise the fields without the time. */
export function valueOf(row: Row | undefined): Plain {
  if (!row) return null;
  const fields = Object.entries(row).filter(([name]) => name !== '_ts');
  return fields.length === 1 ? fields[0]![1] : Object.fromEntries(fields);
}
