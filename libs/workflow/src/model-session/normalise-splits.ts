import { z } from 'zod';

import type { ComponentManifest } from '#contract';
import { AppError, type LocalText, parseParameters, phrase, refusalText } from '#contract';

const Rows = z.array(z.int().min(0)).max(50_000_000);
const Indexes = z.object({ train_indexes: Rows, test_indexes: Rows, val_indexes: Rows });
const Payload = z.looseObject({
  splitter_name: z.string().optional(),
  splitType: z.enum(['random', 'manual', 'predefined', 'cv']).optional(),
  splitted_indexes: Indexes.nullish(),
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

const INDEXES_MISSING: LocalText = {
  en: 'a {split} split needs its row numbers, splitted_indexes',
  es: 'una división {split} necesita sus números de fila, splitted_indexes',
  pt: 'uma divisão {split} precisa dos seus números de linha, splitted_indexes',
  de: 'eine Aufteilung {split} braucht ihre Zeilennummern, splitted_indexes',
  zh: '{split} 划分需要行号 splitted_indexes',
};
const OLD_NAMES = { seed: 'random_state', holdout: 'test_size' } as const;

/**
 * Reads the JSON text of a splits payload: old spellings renamed, index arrays under proportions moved to
 * `splitted_indexes`, missing parameters filled in, unknown keys dropped.
 * @param splitter finds the manifest of a splitter by name.
 * @throws AppError `splits-invalid` with a reason; `component-not-registered`; `parameters-invalid`.
 */
export function normaliseSplits(text: string, splitter: (name: string) => ComponentManifest): NormalisedSplits {
  const sent = parseJson(text);
  const payload = Payload.safeParse(sent);
  if (!payload.success) throw new AppError('splits-invalid', { reason: refusalText(Payload, sent) });
  const given = movedIndexes(renamed(payload.data));
  const name = given.splitter_name ?? 'HoldoutSplitter';
  const { fields } = splitter(name);
  const splitType = given.splitType ?? (given.splitted_indexes ? 'manual' : 'random');
  const own = Object.fromEntries(Object.entries(given).filter(([key]) => Object.hasOwn(fields, key)));
  const byIndex = splitType === 'manual' || splitType === 'predefined';
  if (byIndex && !given.splitted_indexes)
    throw new AppError('splits-invalid', { reason: phrase(INDEXES_MISSING, { split: splitType }) });
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
    throw new AppError('splits-invalid', { reason: 'JSON' });
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
  const sets = { train_indexes: train, test_indexes: test ?? [], val_indexes: validation ?? [] };
  const moved = Indexes.safeParse(sets);
  if (!moved.success) throw new AppError('splits-invalid', { reason: refusalText(Indexes, sets) });
  return { ...rest, splitted_indexes: payload.splitted_indexes ?? moved.data };
}
