import type { Plain } from '../values/plain.js';

/** A sequence of a run as the server lists it. */
export interface TraceInfo {
  readonly name: string;
  readonly context: Readonly<Record<string, Plain>>;
  readonly [field: string]: unknown;
}
/** What a run is beside its parameters and sequences. */
export interface RunProps {
  readonly name: string;
  readonly description: string;
  readonly experiment: { readonly id: string | null; readonly name: string | null };
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  readonly creation_time: number;
  readonly end_time: number | null;
  readonly archived: boolean;
  readonly active: boolean;
}
/** Everything the server says of a run without its points. */
export interface RunInfo {
  readonly params: Readonly<Record<string, Plain>>;
  readonly traces: Readonly<Record<string, readonly TraceInfo[]>>;
  readonly props: RunProps;
  readonly artifacts: readonly { readonly name: string; readonly path: string; readonly uri: string }[];
}

/** The value at a dotted path, own keys only; a key that holds its dots is found too. */
export function valueAt(tree: unknown, path: string): unknown {
  let at = tree;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Object.hasOwn(at, path)) return (at as Record<string, unknown>)[path];
    if (!Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

/** JSON with sorted keys, by which contexts are compared. */
export function contextKey(context: unknown): string {
  return JSON.stringify(context ?? {}, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
