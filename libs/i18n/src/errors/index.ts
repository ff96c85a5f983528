import type { ErrorCode, LocalText } from '#contract';

import { absentCapabilityErrors } from './absent-capability.js';
import { accessErrors } from './access.js';
import { componentErrors } from './component.js';
import { datasetErrors } from './dataset.js';
import { fileErrors } from './file.js';
import { generalErrors } from './general.js';
import { generativeErrors } from './generative.js';
import { hubErrors } from './hub.js';
import { jobErrors } from './job.js';
import { matyanErrors } from './matyan.js';
import { mlDashErrors } from './ml-dash.js';
import { notebookErrors } from './notebook.js';
import { pluginErrors } from './plugin.js';
import { predictionErrors } from './prediction.js';
import { queryErrors } from './query.js';
import { sessionErrors } from './session.js';
import { swanlabErrors } from './swanlab.js';
import { trackingErrors } from './tracking.js';

/** One sentence for every code of the error table that says what to do; a missing one does not compile. */
export const errorTexts: Readonly<Record<ErrorCode, LocalText>> = {
  ...generalErrors,
  ...absentCapabilityErrors,
  ...accessErrors,
  ...componentErrors,
  ...jobErrors,
  ...datasetErrors,
  ...hubErrors,
  ...fileErrors,
  ...sessionErrors,
  ...matyanErrors,
  ...mlDashErrors,
  ...notebookErrors,
  ...generativeErrors,
  ...pluginErrors,
  ...predictionErrors,
  ...swanlabErrors,
  ...trackingErrors,
  ...queryErrors,
};
