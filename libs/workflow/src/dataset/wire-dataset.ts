import type { WireDataset } from '#contract';
import type { DatasetEntity } from '#persistence';

import { wireDate } from '../rows.js';

/** A data set as the wire has it: without the times of its job. */
export function wireDataset(row: DatasetEntity): WireDataset {
  const { id, name, huey_id, created, last_modified, file_path, total_rows, total_columns, folder_id, status } = row;
  return {
    id,
    name,
    huey_id,
    created: wireDate(created),
    last_modified: wireDate(last_modified),
    file_path,
    total_rows,
    total_columns,
    folder_id,
    status,
  };
}
