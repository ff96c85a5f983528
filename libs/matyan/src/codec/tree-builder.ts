import { CodecError } from './codec-error.js';
import type { CodecRecord } from './record-reader.js';
import type { PathPart, ReadTree } from './tree.js';

type Container = ReadTree[] | { [key: string]: ReadTree };

/** Puts records together. Names become keys of objects without a prototype, so that `__proto__` is a name like any other. */
export class TreeBuilder {
  private root: ReadTree | undefined;

  /** @throws CodecError `conflict` when a record contradicts those before it */
  add(record: CodecRecord): void {
    const value = 'leaf' in record ? record.leaf : record.flag === 'array' ? [] : emptyObject();
    const last = record.path.at(-1);
    if (last === undefined) {
      if (this.root !== undefined) throw conflict(record.path);
      this.root = value;
      return;
    }
    if (this.root === undefined) this.root = emptyObject();
    let at = containerOf(this.root, record.path);
    for (const part of record.path.slice(0, -1)) at = containerOf(child(at, part, record.path), record.path);
    if (childOf(at, last) !== undefined) throw conflict(record.path);
    put(at, last, value, record.path);
  }

  /** What was put together; numpy arrays are columns of doubles again. */
  tree(): ReadTree {
    return withColumns(this.root === undefined ? emptyObject() : this.root);
  }
}

const emptyObject = (): { [key: string]: ReadTree } => Object.create(null) as { [key: string]: ReadTree };

function childOf(at: Container, part: PathPart): ReadTree | undefined {
  return Array.isArray(at) ? at[part as number] : at[part];
}

/** The child on the way down; one that is not there yet is an object, for arrays announce themselves. */
function child(at: Container, part: PathPart, path: readonly PathPart[]): ReadTree {
  const found = childOf(at, part);
  if (found !== undefined) return found;
  const made = emptyObject();
  put(at, part, made, path);
  return made;
}

/** An array takes its items in order: an index far away must not reserve room. */
function put(at: Container, part: PathPart, value: ReadTree, path: readonly PathPart[]): void {
  if (!Array.isArray(at)) at[part] = value;
  else if (part === at.length) at.push(value);
  else throw conflict(path);
}

function containerOf(tree: ReadTree, path: readonly PathPart[]): Container {
  if (typeof tree === 'object' && tree !== null && !(tree instanceof Uint8Array) && !(tree instanceof Float64Array))
    return tree;
  throw conflict(path);
}

const conflict = (path: readonly PathPart[]): CodecError =>
  new CodecError('conflict', `The record at ${path.map(String).join('.').slice(0, 200)} contradicts one before it`);

function withColumns(tree: ReadTree): ReadTree {
  if (Array.isArray(tree)) return tree.map(withColumns);
  if (typeof tree !== 'object' || tree === null || tree instanceof Uint8Array || tree instanceof Float64Array)
    return tree;
  const { type, dtype, blob } = tree;
  if (type === 'numpy' && dtype === 'float64' && blob instanceof Uint8Array) return column(blob);
  for (const [key, value] of Object.entries(tree)) tree[key] = withColumns(value);
  return tree;
}

function column(blob: Uint8Array): Float64Array {
  if (blob.length % 8 !== 0) throw new CodecError('bad-value', 'A column of doubles has a broken one');
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  return Float64Array.from({ length: blob.length / 8 }, (_, i) => view.getFloat64(i * 8, true));
}
