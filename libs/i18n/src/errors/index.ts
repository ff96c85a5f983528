import type { ErrorCode, LocalText } from '#contract';

import { absentCapabilityErrors } from './absent-capability.js';
import { accessErrors } from './access.js';
import { componentErrors } from './component.js';
import { datasetErrors } from './dataset.js';
import { deviceLoginErrors } from './device-login.js';
import { explainerErrors } from './explainer.js';
import { fileErrors } from './file.js';
import { generalErrors } from './general.js';
import { generativeErrors } from './generative.js';
import { hubErrors } from './hub.js';
import { jobErrors } from './job.js';
import { matyanErrors } from './matyan.js';
import { mlDashErrors } from './ml-dash.js';
import { modelSessionErrors } from './model-session.js';
import { notebookErrors } from './notebook.js';
import { pluginErrors } from './plugin.js';
import { predictionErrors } from './prediction.js';
import { queryErrors } from './query.js';
import { reportErrors } from './report.js';
import { runErrors } from './run.js';
import { statisticalTestErrors } from './statistical-test.js';
import { swanlabErrors } from './swanlab.js';
import { trackingErrors } from './tracking.js';

/** One sentence for every code of the error table that says what to do; a missing one does not compile. */
export const errorTexts: Readonly<Record<ErrorCode, LocalText>> = {
  ...absentCapabilityErrors,
  ...accessErrors,
  ...componentErrors,
  ...datasetErrors,
  ...deviceLoginErrors,
  ...explainerErrors,
  ...fileErrors,
  ...generalErrors,
  ...generativeErrors,
  ...hubErrors,
  ...jobErrors,
  ...matyanErrors,
  ...mlDashErrors,
  ...modelSessionErrors,
  ...notebookErrors,
  ...pluginErrors,
  ...predictionErrors,
  ...queryErrors,
  ...reportErrors,
  ...runErrors,
  ...statisticalTestErrors,
  ...swanlabErrors,
  ...trackingErrors,
};
