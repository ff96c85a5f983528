import { AccessTokenEntity } from './access-token/access-token.entity.js';
import { ComponentEntity } from './component/component.entity.js';
import { ConverterEntity } from './converter/converter.entity.js';
import { DatasetEntity } from './dataset/dataset.entity.js';
import { GlobalExplainerEntity, LocalExplainerEntity } from './explainer/explainer.entity.js';
import { ExplorerEntity } from './explorer/explorer.entity.js';
import { FolderEntity } from './folder/folder.entity.js';
import { GenerativeProcessEntity, ProcessDataEntity } from './generative-process/generative-process.entity.js';
import { GenerativeSessionEntity, ParameterHistoryEntity } from './generative-session/generative-session.entity.js';
import { JobEntity } from './job/job.entity.js';
import { CredentialEntity } from './credential/credential.entity.js';
import { DatafileEntity } from './datafile/datafile.entity.js';
import { ModelSessionEntity } from './model-session/model-session.entity.js';
import { NotebookEntity } from './notebook/notebook.entity.js';
import { PluginEntity, PluginTagEntity } from './plugin/plugin.entity.js';
import { PredictionEntity } from './prediction/prediction.entity.js';
import { ReportEntity } from './report/report.entity.js';
import { RunEntity } from './run/run.entity.js';
import { StatisticalTestEntity } from './statistical-test/statistical-test.entity.js';
import { TrialEntity } from './trial/trial.entity.js';
import { MetricPointEntity } from './run/metric-point.entity.js';

/** Every table of ours; the migrations must make exactly these. */
export const entities = [
  AccessTokenEntity,
  ComponentEntity,
  ConverterEntity,
  CredentialEntity,
  DatafileEntity,
  DatasetEntity,
  ExplorerEntity,
  FolderEntity,
  GenerativeProcessEntity,
  GenerativeSessionEntity,
  GlobalExplainerEntity,
  JobEntity,
  LocalExplainerEntity,
  MetricPointEntity,
  ModelSessionEntity,
  NotebookEntity,
  ParameterHistoryEntity,
  ProcessDataEntity,
  PluginEntity,
  PluginTagEntity,
  PredictionEntity,
  ReportEntity,
  RunEntity,
  StatisticalTestEntity,
  TrialEntity,
];
