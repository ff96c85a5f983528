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
export { QUERY_LIMITS, type QueryLimits } from './query/budget.js';
export type { Plan, PlanField, PlanSign, PlanValue } from './query/plan.js';
export {
  prepareQuery,
  type PreparedQuery,
  type QueryOptions,
  SEQUENCE_NAMES,
  type SequenceName,
} from './query/prepare-query.js';
export {
  type CostReason,
  QueryError,
  type QueryFault,
  type ReasonValues,
  type SyntaxReason,
} from './query/query-error.js';
export type { RunFacts, SeriesFacts } from './query/views.js';
