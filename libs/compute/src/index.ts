import { convertTable } from './convert/convert-table.task.js';
import { describeComponents } from './describe/describe-components.task.js';
import { explainRows } from './explain/explain-rows.task.js';
import { explainRun } from './explain/explain-run.task.js';
import { exploreTable } from './explore/explore-table.task.js';
import { generateText } from './generate/generate-text.task.js';
import { ingestDataset } from './ingest/ingest-dataset.task.js';
import { checkRows } from './predict/check-rows.task.js';
import { predictRows } from './predict/predict-rows.task.js';
import { previewFile } from './preview/preview-file.task.js';
import { trainRun } from './train/train-run.task.js';

export type { Task, TaskHost } from './host.js';

/** Every task by its name. */
export const tasks = {
  'check-rows': checkRows,
  'convert-table': convertTable,
  'describe-components': describeComponents,
  'explain-rows': explainRows,
  'explain-run': explainRun,
  'explore-table': exploreTable,
  'generate-text': generateText,
  'ingest-dataset': ingestDataset,
  'predict-rows': predictRows,
  'preview-file': previewFile,
  'train-run': trainRun,
} as const;
