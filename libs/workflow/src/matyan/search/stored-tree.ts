import { Float, type Tree } from '#matyan';

/**
 * JSON as the stream can hold it. Names that are empty would end it for every reader; they become a blank. Numbers of its own are whole
 * or not as they stand.
 */
export function storedTree(json: unknown): Tree {
  if (Array.isArray(json)) return json.map(storedTree);
  if (typeof json !== 'object' || json === null) return (json ?? null) as Tree;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key === '' ? ' ' : key, storedTree(value)]));
}

/** What Python has as a float, also when it is whole. */
export const float = (value: number | null): Float | null => (value === null ? null : new Float(value));
