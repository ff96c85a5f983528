import { z } from 'zod';

/** A run as its client names it: 32 hex digits, a ULID, or any other plain name. */
export const RunHash = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/);
/** The path parameter of routes about one run. */
export const RunHashParams = z.object({ id: RunHash });

/** The id of a tag, an experiment, a note or a saved view; what is no UUID names nothing. */
export const EntityId = z.string().max(128);
/** The path parameter of routes about one of them. */
export const EntityParams = z.object({ id: EntityId });

/** Seconds since 1970, as Python counts them. */
export const EpochSeconds = z.number();

/** What changing routes answer. */
export const Done = z.object({ status: z.literal('OK') });
/** What changing routes answer that name the changed one. */
export const DoneWith = z.object({ id: z.string(), status: z.literal('OK') });

/** A JSON object as it stands: a record would lose what is called `__proto__`. */
export const JsonTree = z
  .unknown()
  .refine((given) => typeof given === 'object' && given !== null && !Array.isArray(given))
  .meta({ type: 'object' }) as z.ZodType<Record<string, unknown>>;

/** One series by name and context. */
export const TraceName = z.object({ name: z.string(), context: JsonTree });

const WireTag = z.object({
  id: z.string(),
  name: z.string(),
  color: z.string().nullable(),
  description: z.string().nullable(),
});

/** What a run is beside its parameters and series. */
export const MatyanProps = z
  .object({
    name: z.string(),
    description: z.string(),
    experiment: z.object({
      id: z.string().nullable(),
      name: z.string().nullable(),
      description: z.string().nullable(),
    }),
    tags: z.array(WireTag),
    creation_time: EpochSeconds,
    end_time: EpochSeconds.nullable(),
    archived: z.boolean(),
    active: z.boolean(),
  })
  .meta({ id: 'MatyanProps' });
export type MatyanProps = z.infer<typeof MatyanProps>;

/** Kinds of sequences as the client lists them. */
export const MATYAN_SEQUENCES = ['metric', 'images', 'texts', 'distributions', 'audios', 'figures'] as const;
/** One of them. */
export type MatyanSequence = (typeof MATYAN_SEQUENCES)[number];

/** A query flag as Python's client writes it: `True`, `true`, `1`. */
export const queryFlag = (fallback: boolean) =>
  z
    .enum(['true', 'false', 'True', 'False', '1', '0', ''])
    .transform((text) => /^(?:true|1)$/i.test(text))
    .default(fallback);

/** `a:b`, either side may be left out; `b` is not included. */
export const stepRange = z
  .string()
  .regex(/^(?:-?\d{1,15})?(?::(?:-?\d{1,15})?)?$/)
  .default('')
  .transform((text) => {
    const [from, to] = text.split(':');
    const read = (part: string | undefined): number | undefined =>
      part === undefined || part === '' ? undefined : Number(part);
    return { from: read(from), to: read(to) };
  });

/** A list of run hashes; the client sends `{}` for none. */
export const RunHashes = z.preprocess(
  (given) => (typeof given === 'object' && given !== null && Object.keys(given).length === 0 ? [] : given),
  z.array(z.string().max(128)).max(10_000),
);
