import { type BoostedTrees, featureImportance, type Trees } from '#learn';
import { barsFigure, figureArtifact } from '#plots';

import type { ArtifactDraft } from '../kit/explorer.js';

const MOST_BARS = 40;

/** Bars of the columns a model goes by, the longest first. */
function featureBars(title: string, of: string, names: readonly string[], values: Float64Array): ArtifactDraft[] {
  const bars = names.map((name, j) => ({ name, value: values[j]! }));
  const shown = bars.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_BARS);
  const note = shown.length < bars.length ? `the first ${shown.length} of ${bars.length} encoded columns` : undefined;
  return [figureArtifact(barsFigure({ title, x: of, ...(note === undefined ? {} : { note }) }, shown, true))];
}

/** How much each column did for the splits of the trees, on the training rows. */
export const importanceBars = (trees: Trees | BoostedTrees, names: readonly string[]): readonly ArtifactDraft[] =>
  featureBars('Feature Importance', 'share of what all splits gained', names, featureImportance(trees, names.length));

/** The coefficients of a linear model, each in the unit of its column. */
export const coefficientBars = (coefficients: Float64Array, names: readonly string[]): readonly ArtifactDraft[] =>
  featureBars('Coefficients', 'change of the answer per unit of the column', names, coefficients);
