import { createHash } from 'node:crypto';

/** JSON with sorted keys and no spaces: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Aim's id of a context: the first 32 bits of its canonical JSON's SHA-256; 0 for the empty one. */
export function contextIdOf(canonical: string): number {
  return canonical === '{}' ? 0 : createHash('sha256').update(canonical).digest().readUInt32BE(0);
}
