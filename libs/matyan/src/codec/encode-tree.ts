import { ByteWriter } from './byte-writer.js';
import { KeyPath } from './key-path.js';
import { writeFlag, writeLeaf } from './write-record.js';
import { Float, type Leaf, type PathPart, type StreamTree, type Tree, TYPE } from './tree.js';

/** Chunks are this long at most, and given away once they are. */
const CHUNK_BYTES = 64 * 1024;

/** A whole tree as records; for what is small. */
export function encodeTree(tree: Tree): Uint8Array {
  const writer = new ByteWriter();
  write(writer, new KeyPath(), tree);
  return writer.take();
}

/**
 * Trees as records, in chunks of 64 KiB at most; at the end of each tree all of it is given, so that a reader has it at once. Values that
 * are async iterables are written as lists while they are made: no more than one of their items is in memory.
 */
export async function* encodeStream(trees: AsyncIterable<StreamTree>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  for await (const tree of trees) {
    yield* streamed(writer, new KeyPath(), tree);
    yield* flushed(writer, 1);
  }
}

async function* streamed(writer: ByteWriter, path: KeyPath, tree: StreamTree): AsyncGenerator<Uint8Array> {
  if (isLazy(tree)) {
    writeFlag(writer, path.key, TYPE.ARRAY);
    let index = 0;
    for await (const item of tree) {
      child(writer, path, index++, item);
      yield* flushed(writer, CHUNK_BYTES);
    }
  } else if (hasLazy(tree)) {
    for (const [part, value] of Object.entries(tree)) {
      path.push(part);
      yield* streamed(writer, path, value);
      path.pop();
    }
  } else {
    write(writer, path, tree);
    yield* flushed(writer, CHUNK_BYTES);
  }
}

/** What waits in the writer, when it is at least so much. */
function* flushed(writer: ByteWriter, least: number): Generator<Uint8Array> {
  if (writer.length < least) return;
  const bytes = writer.take();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

/** Writes a tree's records depth first. */
function write(writer: ByteWriter, path: KeyPath, tree: Tree): void {
  if (tree instanceof Float64Array) write(writer, path, numpy(tree));
  else if (isList(tree)) {
    writeFlag(writer, path.key, TYPE.ARRAY);
    for (const [index, item] of tree.entries()) child(writer, path, index, item);
  } else if (!isBranch(tree)) writeLeaf(writer, path.key, tree);
  else {
    let empty = true;
    for (const [part, value] of entriesOf(tree)) {
      if (value === undefined) continue;
      empty = false;
      child(writer, path, part, value);
    }
    if (empty) writeFlag(writer, path.key, TYPE.OBJECT);
  }
}

function child(writer: ByteWriter, path: KeyPath, part: PathPart, tree: Tree): void {
  path.push(part);
  write(writer, path, tree);
  path.pop();
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
