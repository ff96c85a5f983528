import { AppError, findUnstorable } from '#contract';

import { limitPassed } from './limit-passed.js';

/** What one run, series or request may hold; more is refused with `tracked-limit-passed`. */
export const LIMITS = {
  /** Characters of a name, of one segment of a path and of a tag. */
  name: 255,
  /** Characters of a description. */
  text: 64 * 1024,
  /** Bytes of a series' context. */
  context: 4096,
  /** Bytes of a parameter tree, of metadata, of an object's description. */
  tree: 1024 * 1024,
  /** Levels of nested objects and lists. */
  depth: 64,
  /** Parameters that queries find without reading the tree. */
  indexedParams: 2000,
  tags: 1000,
} as const;

/** @throws AppError `tracked-limit-passed`, `text-unstorable`. */
export function checkName(field: string, name: string): string {
  return checkText(field, name, LIMITS.name);
}

/** @throws AppError `tracked-limit-passed`, `text-unstorable`. */
export function checkText(field: string, text: string, limit: number = LIMITS.text): string {
  if (text.length > limit) throw limitPassed(field, limit, 'characters');
  refuseUnstorable(field, text);
  return text;
}

/** @throws AppError `tracked-limit-passed`, `text-unstorable`. */
export function checkBindrs(bindrs: readonly string[]): readonly string[] {
  for (const bindr of bindrs) checkName('bindrs', bindr);
  if (bindrs.length > LIMITS.tags) throw limitPassed('bindrs', LIMITS.tags, 'entries');
  return bindrs;
}

/**
 * A value as JSON text that the database takes: non-finite numbers become null, as everywhere in JSON.
 * @throws AppError `tracked-limit-passed` past the depth or the bytes allowed, `text-unstorable`.
 */
export function storableJson(field: string, value: unknown, limit: number = LIMITS.tree): string {
  checkDepth(field, value, LIMITS.depth);
  refuseUnstorable(field, value);
  const text = JSON.stringify(value ?? null);
  if (Buffer.byteLength(text) > limit) throw limitPassed(field, limit, 'bytes');
  return text;
}

function refuseUnstorable(field: string, value: unknown): void {
  const found = findUnstorable(value, field);
  if (found !== undefined) throw new AppError('text-unstorable', { ...found });
}

/** @throws AppError `tracked-limit-passed`: deep nesting would end a recursion in a way nobody can catch. */
export function checkDepth(field: string, value: unknown, left: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (left === 0) throw limitPassed(field, LIMITS.depth, 'levels');
  for (const inner of Object.values(value)) checkDepth(field, inner, left - 1);
}

/** Work on one item of many: what it is refused for says which it was. */
export function inItem<T>(item: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError) || typeof error.values['field'] !== 'string') throw error;
    throw new AppError(error.code, { ...error.values, field: `${item}.${error.values['field']}` }, { cause: error });
  }
}
