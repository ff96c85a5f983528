import { z } from 'zod';

/** What a column means, whatever it is stored as. */
export const SEMANTIC_TYPES = [
  'Integer',
  'Float',
  'Text',
  'Categorical',
  'Date',
  'Time',
  'Timestamp',
  'Duration',
  'Decimal',
  'Binary',
  'Image',
] as const;
/** What a column means, apart from how it is stored. */
export type SemanticType = (typeof SEMANTIC_TYPES)[number];

/** How a categorical column becomes numbers. */
export const ENCODERS = ['one_hot', 'label'] as const;
/** One of the encoders. */
export type EncoderKind = (typeof ENCODERS)[number];

/**
 * One column's type as it goes over the wire and into `meta.json`. `dtype` is the storage type, or for a Date its strptime
 * format (`%Y-%m-%d`). `encoding` is `utf-8` on a Text, the value → code map on a Categorical.
 */
export const ColumnType = z.object({
  type: z.enum(SEMANTIC_TYPES),
  dtype: z.string(),
  categories: z.array(z.string()).optional(),
  num_categories: z.int().min(0).optional(),
  converted: z.boolean().optional(),
  encoder: z.enum(ENCODERS).optional(),
  encoding: z.union([z.string(), z.record(z.string(), z.number())]).optional(),
});
export type ColumnType = z.output<typeof ColumnType>;

/** Column name → type, in the order of the columns. */
export const ColumnTypes = z.record(z.string(), ColumnType);
export type ColumnTypes = Readonly<Record<string, ColumnType>>;

/** The storage type a column of a semantic type has when nothing else is said. */
export const DEFAULT_DTYPES = {
  Integer: 'int64',
  Float: 'float64',
  Text: 'string',
  Categorical: 'string',
  Date: '%Y-%m-%d',
  Time: 'time64[us]',
  Timestamp: 'timestamp[us]',
  Duration: 'duration(us)',
  Decimal: 'decimal128(38, 10)',
  Binary: 'binary',
  Image: 'struct',
} as const satisfies Record<SemanticType, string>;

/** A wish to read a column as another type; `new_dtype` narrows its storage. */
export const TypeChange = z.object({
  current_type: z.enum(SEMANTIC_TYPES),
  new_type: z.enum(SEMANTIC_TYPES),
  new_dtype: z.string().optional(),
});
export type TypeChange = z.output<typeof TypeChange>;
