/** A number that is written as float64 even when it is whole: what a Python float is, `1.0`. */
export class Float {
  constructor(readonly value: number) {}
}

/** One end of a tree. Whole numbers are written as int64, others as float64; a bigint is always an int64. */
export type Leaf = null | boolean | number | bigint | string | Uint8Array | Float;

/** What can be written: a `Float64Array` goes as a numpy array; a map may have integer keys. */
export type Tree =
  | Leaf
  | Float64Array
  | readonly Tree[]
  | ReadonlyMap<string | number, Tree>
  | { readonly [key: string]: Tree | undefined };

/** A tree some of whose lists are made while it is written. */
export type StreamTree = Tree | AsyncIterable<Tree> | { readonly [key: string]: StreamTree };

/** One step of the way from the root of a stream to a value. */
export type PathPart = string | number;

/** What is read: objects have no prototype; an int64 beyond 2^53 stays a bigint. */
export type ReadLeaf = null | boolean | number | bigint | string | Uint8Array;
/** A tree that was read; columns of doubles are columns again. */
export type ReadTree = ReadLeaf | Float64Array | ReadTree[] | { [key: string]: ReadTree };

/** Type bytes before a value; `ARRAY` and `OBJECT` have no payload. */
export const TYPE = { NULL: 0, BOOL: 1, INT: 2, FLOAT: 3, TEXT: 4, BYTES: 5, ARRAY: 6, OBJECT: 7 } as const;

/** Ends a part of a key and opens an integer one; no UTF-8 text holds this byte. */
export const SENTINEL = 0xfe;

/** Neither side follows a tree deeper than this. */
export const MAX_DEPTH = 256;
