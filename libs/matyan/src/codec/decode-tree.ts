import { CodecError } from './codec-error.js';
import { TreeBuilder } from './tree-builder.js';
import { CODEC_LIMITS, type CodecLimits, type CodecRecord, RecordReader } from './record-reader.js';
import type { PathPart, ReadTree } from './tree.js';

/** One name at the root of a stream and everything below it. */
export interface Branch {
  readonly key: PathPart;
  readonly tree: ReadTree;
}

/**
 * The branches of a stream as they become whole: each is given when the next name begins. A name that comes back later is given again.
 * @throws CodecError
 */
export async function* decodeStream(
  chunks: AsyncIterable<Uint8Array>,
  limits: CodecLimits = CODEC_LIMITS,
): AsyncGenerator<Branch> {
  const reader = new RecordReader(limits);
  let branch: { key: PathPart; builder: TreeBuilder } | undefined;
  for await (const chunk of chunks) {
    for (const record of reader.push(chunk)) {
      const key = record.path[0];
      if (key === undefined) throw new CodecError('bad-key', 'A record of a stream has no name');
      if (branch && branch.key !== key) {
        yield { key: branch.key, tree: branch.builder.tree() };
        branch = undefined;
      }
      branch ??= { key, builder: new TreeBuilder() };
      branch.builder.add({ ...record, path: record.path.slice(1) });
    }
  }
  reader.finish();
  if (branch) yield { key: branch.key, tree: branch.builder.tree() };
}

/** A whole tree from its bytes; for what is small. */
export function decodeTree(bytes: Uint8Array, limits: CodecLimits = CODEC_LIMITS): ReadTree {
  const reader = new RecordReader(limits);
  const builder = new TreeBuilder();
  for (const record of reader.push(bytes) as Iterable<CodecRecord>) builder.add(record);
  reader.finish();
  return builder.tree();
}
