export { GridFilter, GridSort, parseFilter, parseSort } from './grid/grid-query.js';
export { sealEngine } from './engine/seal-engine.js';
export { openTables, type TablesSettings } from './open-tables.js';
export type { BasicInfo, CategoricalStats, NumericStats, TableInfo, TextStats } from './profile/table-info.js';
export { columnOf, typesOf, type TableColumn, type TableMeta, type TableNote } from './table-meta.js';
export type {
  Cancellable,
  FileOptions,
  FilePreview,
  FrameRequest,
  IngestRequest,
  Page,
  Tables,
  ValueCounts,
} from './tables.js';
export { inferColumn, type Inference, type TypeReason } from './types/infer-types.js';
export { type TypeChangeProblem, type TypeChangeVerdict } from './types/type-changes.js';
