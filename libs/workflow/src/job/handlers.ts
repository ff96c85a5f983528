import { JOB_TYPES } from '#contract';

import { convertTable } from '../converter/convert-table.job.js';
import { fetchDatafile } from '../datafile/fetch-datafile.job.js';
import { ingestDataset } from '../dataset/ingest-dataset.job.js';
import { previewFileJob } from '../dataset/preview-file.job.js';
import { explainRun } from '../explainer/explain-run.job.js';
import { exploreTable } from '../explorer/explore-table.job.js';
import { installPlugin } from '../plugin/install-plugin.job.js';
import { checkRows } from '../prediction/check-rows.job.js';
import { downloadComponent } from '../component-download/download-component.job.js';
import { generate } from '../generative-process/generate.job.js';
import { predictRows } from '../prediction/predict-rows.job.js';
import { previewRows } from '../prediction/preview-rows.job.js';
import { reportRun } from '../report/report-run.job.js';
import { runTrial } from '../run/run-trial.job.js';
import { trainRun } from '../run/train-run.job.js';
import { importSwanlog } from '../tracked-import/import-swanlog.job.js';
import { testRuns } from '../statistical-test/test-runs.job.js';
import type { JobHandlers } from './job-handler.js';

/** Every job handler by its type; a type without one does not compile. */
export const handlers: JobHandlers = {
  DatasetJob: ingestDataset,
  ModelJob: trainRun,
  PredictJob: predictRows,
  ExplorerJob: exploreTable,
  ConverterJob: convertTable,
  ExplainerJob: explainRun,
  GenerativeJob: generate,
  ComponentDownloadJob: downloadComponent,
  DatafileJob: fetchDatafile,
  ReportJob: reportRun,
  TrialJob: runTrial,
  SwanlogJob: importSwanlog,
  StatisticalTestJob: testRuns,
  PreviewFileJob: previewFileJob,
  PreviewJob: previewRows,
  CheckPredictionJob: checkRows,
  PluginJob: installPlugin,
};

for (const type of JOB_TYPES) {
  if (handlers[type].type !== type) throw new Error(`the handler under ${type} is that of ${handlers[type].type}`);
}
