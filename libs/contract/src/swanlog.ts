import { z } from 'zod';

/** Why a part of a log folder was left out. */
export const SWANLOG_SKIPS = [
  'directory-missing',
  'experiment-unknown',
  'run-deleted',
  'run-refused',
  'tag-without-data',
  'entries-unreadable',
  'file-unreadable',
  'media-missing',
] as const;

/** A directory or tag of a log folder that was left out, wholly or in part. */
export const SwanlogSkip = z.object({
  directory: z.string(),
  code: z.enum(SWANLOG_SKIPS),
  /** How many entries or files. */
  count: z.int().optional(),
});
export type SwanlogSkip = z.infer<typeof SwanlogSkip>;

/** A tag of an imported run: `file` holds one entry a line, `step⇥value⇥milliseconds` or a JSON list of {@link SwanlogObject}. */
export const SwanlogTag = z.object({
  name: z.string(),
  kind: z.enum(['number', 'image', 'audio', 'text']),
  file: z.string(),
  count: z.int(),
  /** Why SwanLab could not show it, as JSON text. */
  failure: z.string().optional(),
});
export type SwanlogTag = z.infer<typeof SwanlogTag>;

/** One picture, sound or text at a step. */
export const SwanlogObject = z.object({
  step: z.int(),
  index: z.int(),
  ms: z.number(),
  caption: z.string().optional(),
  text: z.string().optional(),
  /** As SwanLab named it. */
  filename: z.string().optional(),
  /** The unpacked file; absent when the folder does not hold it. */
  file: z.string().optional(),
});
export type SwanlogObject = z.infer<typeof SwanlogObject>;

/** A run of a log folder as a compute child hands it over: one line of `runs.ndjson`. */
export const SwanlogRun = z.object({
  runId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  /** 0 running, 1 finished, -1 stopped or crashed. */
  status: z.int(),
  shown: z.boolean(),
  light: z.string().nullable(),
  dark: z.string().nullable(),
  version: z.string().nullable(),
  pinnedOpened: z.int(),
  hiddenOpened: z.int(),
  startedMs: z.number().nullable(),
  endedMs: z.number().nullable(),
  params: z.record(z.string(), z.unknown()),
  config: z.record(z.string(), z.object({ desc: z.string(), sort: z.number() })),
  system: z.record(z.string(), z.unknown()),
  requirements: z.array(z.string()).nullable(),
  error: z.array(z.string()).nullable(),
  /** File of terminal lines. */
  console: z.string().nullable(),
  tags: z.array(SwanlogTag),
  charts: z.array(
    z.object({ name: z.string(), status: z.int(), sort: z.int().nullable(), namespace: z.string(), opened: z.int() }),
  ),
});
export type SwanlogRun = z.infer<typeof SwanlogRun>;
