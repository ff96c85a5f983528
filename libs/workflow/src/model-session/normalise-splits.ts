import { z } from 'zod';

import type { ComponentManifest } from '#contract';
import { AppError, parseParameters } from '#contract';

const Rows = z.array(z.int().min(0)).max(50_000_000);
const Indexes = z.object({ train_indexes: Rows, test_indexes: Rows, val_indexes: Rows });
const Payload = z.looseObject({
  splitter_name: z.string().optional(),
  splitType: z.enum(['random', 'manual', 'predefined', 'cv']).optional(),
  splitted_indexes: Indexes.optional(),
});

/** Row numbers of a manual or predefined split, as the wire names its parts. */
export type GivenIndexes = z.infer<typeof Indexes>;
/** The splits payload in its one form: every parameter of the splitter present, old spellings gone. */
export interface NormalisedSplits {
  readonly splitter_name: string;
  readonly splitType: 'random' | 'manual' | 'predefined' | 'cv';
  readonly splitted_indexes: GivenIndexes | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

const OLD_NAMES = { seed: 'random_state', holdout: 'test_size' } as const;

/**
 * Reads the JSON text of a splits payload: old spellings renamed, index arrays under proportions moved to
 * `splitted_indexes`, missing parameters filled in, unknown keys dropped.
 * @param splitter finds the manifest of a splitter by name.
 * @throws AppError `splits-invalid` with a reason; `component-not-registered`; `parameters-invalid`.
 */
export function normaliseSplits(text: string, splitter: (name: string) => ComponentManifest): NormalisedSplits {
  const payload = Payload.safeParse(parseJson(text));
  if (!payload.success) throw new AppError('splits-invalid', { reason: payload.error.issues[0]?.message ?? '' });
  const given = movedIndexes(renamed(payload.data));
  const name = given.splitter_name ?? 'HoldoutSplitter';
  const { fields } = splitter(name);
  const splitType = given.splitType ?? (given.splitted_indexes ? 'manual' : 'random');
  const own = Object.fromEntries(Object.entries(given).filter(([key]) => Object.hasOwn(fields, key)));
  const byIndex = splitType === 'manual' || splitType === 'predefined';
  if (byIndex && !given.splitted_indexes)
    throw new AppError('splits-invalid', { reason: `splitted_indexes is missing for a ${splitType} split` });
  return {
    splitter_name: name,
    splitType,
    splitted_indexes: byIndex ? (given.splitted_indexes ?? null) : null,
    params: parseParameters(fields, byIndex ? {} : own),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('splits-invalid', { reason: 'not JSON' });
  }
}

type Loose = z.infer<typeof Payload>;

function renamed(payload: Loose): Loose {
  const result: Loose = { ...payload };
  for (const [old, name] of Object.entries(OLD_NAMES)) {
    if (Object.hasOwn(result, old) && !Object.hasOwn(result, name)) result[name] = result[old];
  }
  return result;
}

/** `train`, `test` and `validation` once held row numbers instead of proportions. */
function movedIndexes(payload: Loose): Loose {
  const { train, test, validation, ...rest } = payload;
  if (!Array.isArray(train)) return payload;
  const moved = Indexes.safeParse({ train_indexes: train, test_indexes: test ?? [], val_indexes: validation ?? [] });
  if (!moved.success) throw new AppError('splits-invalid', { reason: moved.error.issues[0]?.message ?? '' });
  return { ...rest, splitted_indexes: payload.splitted_indexes ?? moved.data };
}
