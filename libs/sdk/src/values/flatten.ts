import { type Plain, plainOf } from './plain.js';

/** Parameters by dotted key; lists are leaves. */
export type Leaves = Record<string, Plain>;

/** Flattens objects to dotted keys; a class stands for its static fields. */
export function flatten(values: object): Leaves {
  const leaves: [string, Plain][] = [];
  const walk = (prefix: string, value: unknown): void => {
    const given = typeof value === 'function' ? fieldsOf(value) : plainOf(value);
    if (given === undefined) return;
    if (given === null || typeof given !== 'object' || Array.isArray(given)) {
      leaves.push([prefix, given as Plain]);
      return;
    }
    for (const [key, item] of Object.entries(given)) walk(prefix === '' ? key : `${prefix}.${key}`, item);
  };
  for (const [key, value] of Object.entries(values)) walk(key, value);
  return Object.fromEntries(leaves);
}

/** Public static fields of a class; of a plain function nothing. */
function fieldsOf(made: object): object | undefined {
  const fields = Object.entries(made).filter(([key, value]) => !key.startsWith('_') && typeof value !== 'function');
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

type Tree = Map<string, Tree | { readonly leaf: Plain }>;

/** Rebuilds the nesting. A key below another key, `a.b` beside `a`, keeps its dots: neither is lost. */
export function unflatten(leaves: Readonly<Leaves>): Record<string, Plain> {
  const root: Tree = new Map();
  for (const [key, leaf] of Object.entries(leaves)) {
    const path = key.split('.');
    const isBelow = path.some((_part, end) => end > 0 && Object.hasOwn(leaves, path.slice(0, end).join('.')));
    if (isBelow) root.set(key, { leaf });
    else put(root, path, leaf);
  }
  return recordOf(root);
}

function put(root: Tree, path: readonly string[], leaf: Plain): void {
  let tree = root;
  for (const part of path.slice(0, -1)) {
    // No leaf stands in the way: the key would be below it.
    const next = (tree.get(part) ?? new Map()) as Tree;
    tree.set(part, next);
    tree = next;
  }
  tree.set(path.at(-1)!, { leaf });
}

const recordOf = (tree: Tree): Record<string, Plain> =>
  Object.fromEntries([...tree].map(([key, item]) => [key, item instanceof Map ? recordOf(item) : item.leaf]));
