import type { Task } from '../host.js';
import { choosePlan } from '../ingest/choose-plan.js';

/** Looks at the head of an uploaded file with the very reader that will import it. */
export const previewFile: Task<'preview-file'> = async (
  { uploadKey, filename, loader, rows, nativeTypes, changes },
  { storage, tables, progress },
) => {
  const { plan, archive } = choosePlan(loader, filename);
  const source = await storage.materialise(uploadKey);
  progress(null, 'parsing-file');
  const answer = changes
    ? await tables.checkTypeChanges(source, plan, changes, { rows, archive })
    : await tables.preview(source, plan, { rows, archive, nativeTypes });
  return { answer: { ...answer } };
};
