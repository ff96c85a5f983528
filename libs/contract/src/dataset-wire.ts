import { z } from 'zod';

import { ColumnType } from './semantic-types.js';
import { Status } from './statuses.js';
import { wireRow } from './wire.js';

/** A data set; `file_path` is a path token, empty until its job has made the table. */
export const WireDataset = z
  .object({
    ...wireRow,
    name: z.string(),
    huey_id: z.string().nullable(),
    file_path: z.string().meta({ description: 'Token of the table for the `path` routes; never a server path' }),
    total_rows: z.int().nullable(),
    total_columns: z.int().nullable(),
    folder_id: z.int().nullable(),
    status: Status,
  })
  .meta({ id: 'Dataset' });
export type WireDataset = z.infer<typeof WireDataset>;

/** Column name → type entry. */
export const TypesAnswer = z.record(z.string(), ColumnType).meta({ id: 'ColumnTypes' });

/** Statistics of a table; more keys than these few when its metadata was computed. */
export const DatasetInfo = z.looseObject({
  total_rows: z.int(),
  total_columns: z.int(),
  column_names: z.array(z.string()).readonly(),
  nan: z.record(z.string(), z.int()).readonly(),
});
