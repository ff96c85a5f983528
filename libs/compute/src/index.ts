import { convertTable } from './convert/convert-table.task.js';
import { describeComponents } from './describe/describe-components.task.js';
import { explainRows } from './explain/explain-rows.task.js';
import { explainRun } from './explain/explain-run.task.js';
import { exploreTable } from './explore/explore-table.task.js';
import { generateText } from './generate/generate-text.task.js';
import { ingestDataset } from './ingest/ingest-dataset.task.js';
import { inspectPlugin } from './plugins/inspect-plugin.task.js';
import { checkRows } from './predict/check-rows.task.js';
import { predictRows } from './predict/predict-rows.task.js';
import { previewFile } from './preview/preview-file.task.js';
import { reportRun } from './report/report-run.task.js';
import { readSwanlog } from './swanlog/read-swanlog.task.js';
import { testRuns } from './test-runs/test-runs.task.js';
import { runTrial } from './train/run-trial.task.js';
import { trainRun } from './train/train-run.task.js';

export type { Task, TaskHost } from './host.js';
export { pluginSet } from './plugins/plugin-set.js';

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
  'inspect-plugin': inspectPlugin,
  'predict-rows': predictRows,
  'preview-file': previewFile,
  'read-swanlog': readSwanlog,
  'report-run': reportRun,
  'run-trial': runTrial,
  'test-runs': testRuns,
  'train-run': trainRun,
} as const;
