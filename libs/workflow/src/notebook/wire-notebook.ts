import type { WireNotebook } from '#contract';
import type { NotebookEntity } from '#persistence';

import { wireDate } from '../rows.js';

/** A notebook as the wire has it; which tables it stands on stays inside. */
export function wireNotebook({
  id,
  dataset_id,
  created,
  last_modified,
  file_path,
  name,
  description,
}: NotebookEntity): WireNotebook {
  return {
    id,
    dataset_id,
    created: wireDate(created),
    last_modified: wireDate(last_modified),
    file_path,
    name,
    description,
  };
}
