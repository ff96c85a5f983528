import { ByteWriter } from './byte-writer.js';
import { CodecError } from './codec-error.js';
import { keyOf, writeFlag, writeLeaf } from './write-record.js';
import { Float, type Leaf, MAX_DEPTH, type PathPart, type StreamTree, type Tree, TYPE } from './tree.js';

/** A chunk is given away once it is this long. */
const FLUSH_BYTES = 64 * 1024;
interface Key {
  readonly bytes: Uint8Array;
  readonly depth: number;
}
const ROOT: Key = { bytes: new Uint8Array(), depth: 0 };

/** A whole tree as records; for what is small. */
export function encodeTree(tree: Tree): Uint8Array {
  const writer = new ByteWriter();
  const written = records(writer, ROOT, tree);
  while (written.next().done !== true);
  return writer.take();
}

/**
 * Trees as records, in chunks of about 64 KiB and one at the end of each tree: memory is flat, and a reader has every tree at once.
 * Values that are async iterables are written as lists while they are made.
 */
export async function* encodeStream(trees: AsyncIterable<StreamTree>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  for await (const tree of trees) {
    yield* streamed(writer, ROOT, tree);
    if (writer.length > 0) yield writer.take();
  }
}

async function* streamed(writer: ByteWriter, key: Key, tree: StreamTree): AsyncGenerator<Uint8Array> {
  if (isLazy(tree)) {
    writeFlag(writer, key.bytes, TYPE.ARRAY);
    let index = 0;
    for await (const item of tree) yield* chunks(writer, below(key, index++), item);
  } else if (hasLazy(tree)) {
    for (const [part, child] of Object.entries(tree)) yield* streamed(writer, below(key, part), child);
  } else yield* chunks(writer, key, tree);
}

function* chunks(writer: ByteWriter, key: Key, tree: Tree): Generator<Uint8Array> {
  for (const length of records(writer, key, tree)) if (length >= FLUSH_BYTES) yield writer.take();
}

/** Writes a tree's records depth first; after each it says how much waits in the writer. */
function* records(writer: ByteWriter, key: Key, tree: Tree): Generator<number> {
  if (tree instanceof Float64Array) yield* records(writer, key, numpy(tree));
  else if (isList(tree)) {
    writeFlag(writer, key.bytes, TYPE.ARRAY);
    yield writer.length;
    for (const [index, item] of tree.entries()) yield* records(writer, below(key, index), item);
  } else if (isBranch(tree)) {
    const children = entriesOf(tree).filter(([, child]) => child !== undefined);
    if (children.length === 0) writeFlag(writer, key.bytes, TYPE.OBJECT);
    yield writer.length;
    for (const [part, child] of children) yield* records(writer, below(key, part), child!);
  } else {
    writeLeaf(writer, key.bytes, tree);
    yield writer.length;
  }
}

function below(key: Key, part: PathPart): Key {
  if (key.depth >= MAX_DEPTH) throw new CodecError('too-deep', `A tree is deeper than ${MAX_DEPTH} levels`);
  return { bytes: keyOf(key.bytes, part), depth: key.depth + 1 };
}

type Branch = ReadonlyMap<PathPart, Tree> | Readonly<Record<string, Tree | undefined>>;

const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);
const isBranch = (tree: Leaf | Branch): tree is Branch =>
  typeof tree === 'object' && tree !== null && !(tree instanceof Uint8Array) && !(tree instanceof Float);
const entriesOf = (tree: Branch): [PathPart, Tree | undefined][] =>
  tree instanceof Map ? [...(tree as ReadonlyMap<PathPart, Tree>)] : Object.entries(tree);

const isLazy = (tree: StreamTree): tree is AsyncIterable<Tree> =>
  typeof tree === 'object' && tree !== null && Symbol.asyncIterator in tree;
/** Is one of its values, at any depth of plain objects, made while it is written? */
const hasLazy = (tree: StreamTree): tree is Readonly<Record<string, StreamTree>> =>
  typeof tree === 'object' &&
  tree !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(tree) as object | null) &&
  Object.values(tree as Record<string, StreamTree>).some((child) => isLazy(child) || hasLazy(child));

/** How the readers of this format know a column of doubles. */
function numpy(values: Float64Array): Tree {
  const blob = new Uint8Array(values.length * 8);
  const view = new DataView(blob.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i]!, true);
  return { type: 'numpy', shape: values.length, dtype: 'float64', blob };
}
