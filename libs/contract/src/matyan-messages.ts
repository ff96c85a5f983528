import { z } from 'zod';

import { findUnstorable } from './storable.js';

/** A plain JSON object, kept as it came: its keys may be anything. */
const Tree = z.custom<Readonly<Record<string, unknown>>>(
  (given) => typeof given === 'object' && given !== null && !Array.isArray(given),
  'expected an object',
);
const storable = (text: string): boolean => findUnstorable(text) === undefined;
const Text = (max: number) => z.string().max(max).refine(storable, 'holds a character that cannot be stored');
const Name = Text(255).min(1);
/** ISO 8601; without a zone it is UTC. */
const When = z
  .string()
  .max(64)
  .transform((text, context) => {
    const date = new Date(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
    if (!Number.isNaN(date.getTime())) return date;
    context.addIssue({ code: 'custom', message: 'expected an ISO 8601 date' });
    return z.NEVER;
  });
/** Python writes the bare word `NaN`, or null. */
const Value = z
  .custom<number | null>((given) => given === null || typeof given === 'number', 'expected a number')
  .transform((given) => given ?? NaN);
const Step = z.int().nullable();
const Epoch = z.int32().nullable();
const Context = Tree.nullable();
/** Ours, of no other client: a message that is sent again under its key takes effect once. */
const keyed = { idempotency_key: Text(64).min(1).optional() };

const message = {
  create_run: z.object({
    type: z.literal('create_run'),
    ...keyed,
    client_datetime: When,
    force_resume: z.boolean().default(false),
  }),
  log_metric: z.object({
    type: z.literal('log_metric'),
    ...keyed,
    name: Name,
    value: Value,
    step: Step,
    epoch: Epoch,
    context: Context,
    dtype: Text(255).nullable(),
    client_datetime: When,
  }),
  log_hparams: z.object({ type: z.literal('log_hparams'), ...keyed, value: Tree }),
  set_run_property: z.object({
    type: z.literal('set_run_property'),
    ...keyed,
    name: Name.nullish(),
    description: Text(65_536).nullish(),
    archived: z.boolean().nullish(),
    experiment: Name.nullish(),
  }),
  add_tag: z.object({ type: z.literal('add_tag'), ...keyed, tag_name: Name }),
  remove_tag: z.object({ type: z.literal('remove_tag'), ...keyed, tag_name: Name }),
  log_custom_object: z.object({
    type: z.literal('log_custom_object'),
    ...keyed,
    name: Name,
    value: z.union([Tree, z.array(Tree).min(1).max(1000)]),
    step: Step.optional().default(null),
    epoch: Epoch.optional().default(null),
    context: Context.optional().default(null),
    dtype: Text(255).default('custom'),
    client_datetime: When.nullish(),
  }),
  log_terminal_line: z.object({
    type: z.literal('log_terminal_line'),
    ...keyed,
    line: z.string(),
    step: z.int().min(0),
  }),
  log_record: z.object({
    type: z.literal('log_record'),
    ...keyed,
    message: z.string(),
    level: z.int().min(0).max(1000),
    timestamp: z.number().min(-8e12).max(8e12),
    logger_info: z.array(z.unknown()).nullish(),
    extra_args: Tree.nullish(),
  }),
  blob_ref: z
    .object({
      type: z.literal('blob_ref'),
      ...keyed,
      artifact_path: z.string().min(1).max(1000),
      content_type: z.string().max(255).default('application/octet-stream'),
      s3_key: z.string().max(1200).optional(),
      blob_key: z.string().max(1200).optional(),
    })
    .refine(
      ({ s3_key: one, blob_key: other }) => one !== undefined || other !== undefined,
      'expected s3_key or blob_key',
    ),
  finish_run: z.object({ type: z.literal('finish_run'), ...keyed, client_datetime: When.nullish() }),
} as const;

/** What a client may send over the WebSocket of a run, by `type`; unknown keys are dropped, `run_id` too: the address counts. */
export const MatyanMessage = z.discriminatedUnion('type', [
  message.create_run,
  message.log_metric,
  message.log_hparams,
  message.set_run_property,
  message.add_tag,
  message.remove_tag,
  message.log_custom_object,
  message.log_terminal_line,
  message.log_record,
  message.blob_ref,
  message.finish_run,
]);
export type MatyanMessage = z.infer<typeof MatyanMessage>;
/** A message of one type. */
export type MatyanMessageOf<T extends MatyanMessage['type']> = Extract<MatyanMessage, { type: T }>;

/** The one reply to a frame. */
export interface MatyanReply {
  readonly status: 'ok' | 'error';
  readonly error: string | null;
}
