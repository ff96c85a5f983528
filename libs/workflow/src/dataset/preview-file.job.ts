import { z } from 'zod';

import type { JobHandler } from '../job/job-handler.js';
import { loaderChoice } from './loader-choice.js';

const DEFAULT_ROWS = 1000;
const Options = z.looseObject({
  inference_rows: z.coerce.number().int().min(1).max(1_000_000).catch(DEFAULT_ROWS).default(DEFAULT_ROWS),
  use_native_types: z.boolean().catch(false).default(false),
});

/** Reads the head of a file that somebody waits for; the answer is the job's result. */
export const previewFileJob: JobHandler<'PreviewFileJob'> = {
  type: 'PreviewFileJob',
  entity: () => null,
  onlyReads: true,
  deliver: (_tx, { upload }) => Promise.resolve(`Preview: ${upload.filename}`),

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const { upload, params, changes } = kwargs;
    const options = Options.parse(params);
    const { answer } = await compute.run(
      'preview-file',
      {
        uploadKey: upload.key,
        filename: upload.filename,
        loader: loaderChoice(ports, params, null),
        rows: options.inference_rows,
        nativeTypes: options.use_native_types,
        changes,
      },
      { progress, metrics: () => undefined },
      signal,
    );
    await commit(undefined, answer);
  },
};
