import { type Finding, type Locale, PredictionPolicy, type WirePrediction, type WirePredictionNote } from '#contract';
import { text } from '#i18n';
import type { PredictionEntity } from '#persistence';

import { toWire, without } from '../rows.js';

/** A prediction as the wire has it, what was found in its data in the reader's language. */
export function wirePrediction(row: PredictionEntity, locale: Locale): WirePrediction {
  return {
    ...toWire(without(row, 'findings', 'policy', 'run', 'dataset')),
    policy: row.policy ?? PredictionPolicy.parse({}),
    notes: row.findings.map((finding) => wireNote(finding, locale)),
  };
}

/** Something found in the data of a prediction, as a sentence. */
export function wireNote({ code, column, outcome, values }: Finding, locale: Locale): WirePredictionNote {
  return { code, column, outcome, values, text: text(code, values, locale) };
}
