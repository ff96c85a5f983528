import { type DynamicModule, Module, type Type } from '@nestjs/common';

import { AbsentCapabilityController } from './absent-capability/absent-capability.controller.js';
import { AccessTokenController } from './access-token/access-token.controller.js';
import { ComponentController } from './component/component.controller.js';
import { ConverterController } from './converter/converter.controller.js';
import { CredentialController } from './credential/credential.controller.js';
import { DatafileController } from './datafile/datafile.controller.js';
import { DatasetSourceController } from './dataset-source/dataset-source.controller.js';
import { DatasetController } from './dataset/dataset.controller.js';
import { DeviceLoginController } from './device-login/device-login.controller.js';
import { ExplainerController } from './explainer/explainer.controller.js';
import { LocalExplainerController } from './explainer/local-explainer.controller.js';
import { ExplorerController } from './explorer/explorer.controller.js';
import { FolderController } from './folder/folder.controller.js';
import { GenerativeProcessController } from './generative-process/generative-process.controller.js';
import { GenerativeSessionController } from './generative-session/generative-session.controller.js';
import { HardwareController } from './hardware/hardware.controller.js';
import { HealthController } from './health/health.controller.js';
import { JobController } from './job/job.controller.js';
import { MatyanAppController } from './matyan/matyan-app.controller.js';
import { MatyanArtifactController } from './matyan/matyan-artifact.controller.js';
import { MatyanDashboardController } from './matyan/matyan-dashboard.controller.js';
import { MatyanExperimentController } from './matyan/matyan-experiment.controller.js';
import { MatyanExperimentNoteController, MatyanRunNoteController } from './matyan/matyan-note.controller.js';
import { MatyanProjectController } from './matyan/matyan-project.controller.js';
import { MatyanReportController } from './matyan/matyan-report.controller.js';
import { MatyanRunController } from './matyan/matyan-run.controller.js';
import { MatyanSearchController } from './matyan/matyan-search.controller.js';
import { MatyanTagController } from './matyan/matyan-tag.controller.js';
import { MlDashMetricController } from './ml-dash/ml-dash-metric.controller.js';
import { MlDashController } from './ml-dash/ml-dash.controller.js';
import { ModelSessionController } from './model-session/model-session.controller.js';
import { NotebookController } from './notebook/notebook.controller.js';
import { PluginController } from './plugin/plugin.controller.js';
import { PORTS, type Ports } from './ports.js';
import { PredictionController } from './prediction/prediction.controller.js';
import { ReportController } from './report/report.controller.js';
import { RunController } from './run/run.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { StatisticalTestController } from './statistical-test/statistical-test.controller.js';
import { SwanLabController } from './swanlab/swanlab.controller.js';
import { TrackedImportController } from './tracked-import/tracked-import.controller.js';
import { TrackedRunController } from './tracked-run/tracked-run.controller.js';

/** Every controller of the API, in alphabetical order. */
const controllers: Type[] = [
  AbsentCapabilityController,
  AccessTokenController,
  ComponentController,
  ConverterController,
  CredentialController,
  DatafileController,
  DatasetController,
  DatasetSourceController,
  DeviceLoginController,
  ExplainerController,
  ExplorerController,
  FolderController,
  GenerativeProcessController,
  GenerativeSessionController,
  HardwareController,
  HealthController,
  JobController,
  LocalExplainerController,
  MatyanAppController,
  MatyanArtifactController,
  MatyanDashboardController,
  MatyanExperimentController,
  MatyanExperimentNoteController,
  MatyanProjectController,
  MatyanReportController,
  MatyanRunController,
  MatyanRunNoteController,
  MatyanSearchController,
  MatyanTagController,
  MlDashController,
  MlDashMetricController,
  ModelSessionController,
  NotebookController,
  PluginController,
  PredictionController,
  ReportController,
  RunController,
  SignInController,
  StatisticalTestController,
  SwanLabController,
  TrackedImportController,
  TrackedRunController,
];

@Module({})
export class AppModule {
  /** The API over opened ports. */
  static over(ports: Ports): DynamicModule {
    return { module: AppModule, controllers, providers: [{ provide: PORTS, useValue: ports }] };
  }
}
