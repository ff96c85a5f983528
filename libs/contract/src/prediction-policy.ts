import { z } from 'zod';

import { ColumnType } from './semantic-types.js';

/**
 * What to do with data that are not quite those a run was trained on. The defaults are what a prediction did before it could be asked.
 * `missing`: a column or a cell that is not there is refused (cells only where the model takes none) or filled with what is typical of
 * the training rows. `types`: text that reads as a number is taken; what does not read is refused (`coerce`) or left empty (`blank`);
 * `refuse` takes no other type at all. `unseen`: categories new to the model count as none of those it knows, or as missing (`blank`).
 */
export const PredictionPolicy = z.object({
  missing: z.enum(['refuse', 'fill']).default('refuse'),
  extra: z.enum(['ignore', 'refuse']).default('ignore'),
  renamed: z.enum(['refuse', 'match']).default('refuse'),
  types: z.enum(['coerce', 'blank', 'refuse']).default('coerce'),
  unseen: z.enum(['accept', 'blank', 'refuse']).default('accept'),
});
export type PredictionPolicy = z.output<typeof PredictionPolicy>;

/** What becomes of something found: it stops the prediction, it was put right, or it only needs to be known. */
export const FindingOutcome = z.enum(['refused', 'mended', 'noted']);
export type FindingOutcome = z.infer<typeof FindingOutcome>;

/** Something found in the data of a prediction, as data; texts by `code` are in five languages. */
export const Finding = z.object({
  code: z.enum([
    'column-missing',
    'column-filled',
    'column-renamed',
    'column-extra',
    'columns-reordered',
    'numbers-as-text',
    'numbers-unreadable',
    'cells-missing',
    'cells-filled',
    'levels-unseen',
    'type-differs',
    'output-replaced',
  ]),
  column: z.string().nullable(),
  outcome: FindingOutcome,
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Finding = z.infer<typeof Finding>;

/** One column of the data, or one that the model wants and the data lack. */
export const ColumnReport = z.object({
  name: z.string(),
  role: z.enum(['input', 'output', 'extra']),
  /** Under which name the data have it; null when they do not. */
  found: z.string().nullable(),
  /** Type in training; null for columns the model does not know. */
  expected_type: ColumnType.shape.type.nullable(),
  found_type: ColumnType.shape.type.nullable(),
});
export type ColumnReport = z.infer<typeof ColumnReport>;
