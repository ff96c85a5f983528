export { CodecError, type CodecFault } from './codec/codec-error.js';
export { type Branch, decodeStream, decodeTree } from './codec/decode-tree.js';
export { encodeStream, encodeTree } from './codec/encode-tree.js';
export { CODEC_LIMITS, type CodecLimits } from './codec/record-reader.js';
export {
  Float,
  type Leaf,
  type PathPart,
  type ReadLeaf,
  type ReadTree,
  type StreamTree,
  type Tree,
} from './codec/tree.js';
