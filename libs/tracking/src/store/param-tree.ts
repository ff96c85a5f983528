/** A tree of parameters: objects within objects; everything else, lists too, is a leaf. */
export type Tree = Readonly<Record<string, unknown>>;
type Node = Map<string, unknown>;
/** Where a leaf lies: keys may hold dots themselves. */
type Path = readonly string[];

const isBranch = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** Leaves with their paths, in the order of the tree. An empty object is a leaf. */
function* leafPaths(tree: Tree, above: Path = []): Generator<readonly [Path, unknown]> {
  for (const [key, value] of Object.entries(tree)) {
    const path = [...above, key];
    if (isBranch(value)) yield* leafPaths(value, path);
    else yield [path, value];
  }
}

/** Leaves by dotted key; of two that read alike the last counts. */
export function leavesOf(tree: Tree): Map<string, unknown> {
  return new Map([...leafPaths(tree)].map(([path, value]) => [path.join('.'), value]));
}

/** How many leaves there are, whatever their dotted keys. */
export const countLeaves = (tree: Tree): number => [...leafPaths(tree)].length;

/**
 * Sets leaves by dotted key beside what is there. A key that goes through a leaf (`a` is 1, `a.b` is set) or that covers other
 * keys (`a.b` is there, `a` is set) loses nothing: what does not nest stays a key with dots.
 */
export function mergedTree(tree: Tree, leaves: Tree): Tree {
  const root = toMaps(tree);
  const paths = new Map([...leafPaths(tree)].map(([path]) => [path.join('.'), path]));
  for (const [key, value] of leavesOf(leaves)) {
    const known = paths.get(key);
    paths.set(key, known ? put(root, known, value) : put(root, key.split('.'), value));
  }
  return toTree(root);
}

/** Puts a value at the end of a path in place of what was there; leaves on the way give way. An empty path replaces the whole tree. */
export function replacedTree(tree: Tree, path: Path, value: unknown): Tree {
  if (path.length === 0) return isBranch(value) ? value : {};
  const root = toMaps(tree);
  let node = root;
  for (const key of path.slice(0, -1)) {
    const next = node.get(key);
    const inner = next instanceof Map ? (next as Node) : new Map<string, unknown>();
    node.set(key, inner);
    node = inner;
  }
  node.set(path.at(-1)!, value);
  return toTree(root);
}

/** @returns the path it ended at. */
function put(root: Node, path: Path, value: unknown): Path {
  let node = root;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const key = path[depth]!;
    if (!node.has(key)) node.set(key, new Map());
    const next = node.get(key);
    if (!(next instanceof Map)) {
      const rest = path.slice(depth).join('.');
      node.set(rest, value);
      return [...path.slice(0, depth), rest];
    }
    node = next as Node;
  }
  const key = path.at(-1)!;
  const covered = node.get(key);
  if (covered instanceof Map)
    for (const [inner, leaf] of leavesOf(toTree(covered as Node))) node.set(`${key}.${inner}`, leaf);
  node.set(key, value);
  return path;
}

/** Maps take any key, `__proto__` too. */
function toMaps(tree: Tree): Node {
  return new Map(Object.entries(tree).map(([key, value]) => [key, isBranch(value) ? toMaps(value) : value]));
}
function toTree(node: Node): Tree {
  return Object.fromEntries(
    [...node].map(([key, value]) => [key, value instanceof Map ? toTree(value as Node) : value]),
  );
}
