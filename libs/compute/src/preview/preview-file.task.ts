import { parseParameters } from '#contract';
import { registry } from '#components';

import type { Task } from '../host.js';

/** Looks at the head of an uploaded file with the very reader that will import it. */
export const previewFile: Task<'preview-file'> = async (
  { uploadKey, loader: choice, rows, changes },
  { storage, tables, progress },
) => {
  const loader = registry.find(choice.component, 'loader');
  const plan = loader.plan(parseParameters(loader.params, choice.params));
  const source = await storage.materialise(uploadKey);
  progress(null, 'parsing-file');
  const answer = changes
    ? await tables.checkTypeChanges(source, plan, changes, { rows })
    : await tables.sniffCsv(source, plan, { rows });
  return { answer: { ...answer } };
};
