import { absentCapabilityRoutes } from './absent-capability-routes.js';
import { accessTokenRoutes } from './access-token-routes.js';
import { componentRoutes } from './component-routes.js';
import { converterRoutes } from './converter-routes.js';
import { credentialRoutes } from './credential-routes.js';
import { datafileRoutes } from './datafile-routes.js';
import { datasetRoutes } from './dataset-routes.js';
import { datasetSourceRoutes } from './dataset-source-routes.js';
import { deviceLoginRoutes } from './device-login-routes.js';
import { explainerRoutes } from './explainer-routes.js';
import { explorerRoutes } from './explorer-routes.js';
import { folderRoutes } from './folder-routes.js';
import { generativeProcessRoutes } from './generative-process-routes.js';
import { generativeSessionRoutes } from './generative-session-routes.js';
import { hardwareRoutes } from './hardware-routes.js';
import { healthRoutes } from './health-routes.js';
import { jobRoutes } from './job-routes.js';
import { localExplainerRoutes } from './local-explainer-routes.js';
import { matyanArtifactRoutes } from './matyan-artifact-routes.js';
import { matyanExperimentRoutes, matyanTagRoutes } from './matyan-group-routes.js';
import { matyanExperimentNoteRoutes, matyanRunNoteRoutes } from './matyan-note-routes.js';
import { matyanProjectRoutes } from './matyan-project-routes.js';
import { matyanRunRoutes } from './matyan-run-routes.js';
import { matyanSearchRoutes } from './matyan-search-routes.js';
import { matyanAppRoutes, matyanDashboardRoutes, matyanReportRoutes } from './matyan-view-routes.js';
import { mlDashRoutes } from './ml-dash-routes.js';
import { modelSessionRoutes } from './model-session-routes.js';
import { notebookRoutes } from './notebook-routes.js';
import { pluginRoutes } from './plugin-routes.js';
import { predictionRoutes } from './prediction-routes.js';
import { reportRoutes } from './report-routes.js';
import { runRoutes } from './run-routes.js';
import { signInRoutes } from './sign-in-routes.js';
import { statisticalTestRoutes } from './statistical-test-routes.js';
import { trackedRunRoutes } from './tracked-run-routes.js';
import { swanlabRoutes } from './swanlab-routes.js';
import { trackedImportRoutes } from './tracked-import-routes.js';

/** Every route of the API by noun: the API implements each exactly once, the client and the OpenAPI document follow. */
export const routes = {
  absentCapability: absentCapabilityRoutes,
  accessToken: accessTokenRoutes,
  component: componentRoutes,
  converter: converterRoutes,
  credential: credentialRoutes,
  datafile: datafileRoutes,
  dataset: datasetRoutes,
  datasetSource: datasetSourceRoutes,
  deviceLogin: deviceLoginRoutes,
  explainer: explainerRoutes,
  explorer: explorerRoutes,
  folder: folderRoutes,
  generativeProcess: generativeProcessRoutes,
  generativeSession: generativeSessionRoutes,
  hardware: hardwareRoutes,
  health: healthRoutes,
  job: jobRoutes,
  localExplainer: localExplainerRoutes,
  matyanApp: matyanAppRoutes,
  matyanArtifact: matyanArtifactRoutes,
  matyanDashboard: matyanDashboardRoutes,
  matyanExperiment: matyanExperimentRoutes,
  matyanExperimentNote: matyanExperimentNoteRoutes,
  matyanProject: matyanProjectRoutes,
  matyanReport: matyanReportRoutes,
  matyanRun: matyanRunRoutes,
  matyanRunNote: matyanRunNoteRoutes,
  matyanSearch: matyanSearchRoutes,
  matyanTag: matyanTagRoutes,
  mlDash: mlDashRoutes,
  modelSession: modelSessionRoutes,
  notebook: notebookRoutes,
  plugin: pluginRoutes,
  prediction: predictionRoutes,
  report: reportRoutes,
  run: runRoutes,
  signIn: signInRoutes,
  statisticalTest: statisticalTestRoutes,
  trackedRun: trackedRunRoutes,
  swanlab: swanlabRoutes,
  trackedImport: trackedImportRoutes,
} as const;
