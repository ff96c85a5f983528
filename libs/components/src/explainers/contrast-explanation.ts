import { phrase, type StorySentence } from '#contract';
import type { cellAt } from '#frame';
import { contributionsFigure, figureArtifact, numberText } from '#plots';

import type { ExplanationDraft, LocalExplainer } from '../kit/explainer.js';
import { words } from './explainer-words.js';
import { kept } from './answers.js';
import type { ClassModel } from './cell-space.js';

type Cell = ReturnType<typeof cellAt>;

/** Why a row is answered one class, the fact, and not another, the foil: what each input gave to both. */
export interface Contrast {
  readonly cells: readonly Cell[];
  readonly prediction: readonly number[];
  readonly fact: number;
  readonly foil: number;
  readonly ofFact: readonly number[];
  readonly ofFoil: readonly number[];
}

const MOST_BARS = 8;
const deltaOf = ({ ofFact, ofFoil }: Contrast): number[] => ofFact.map((value, at) => value - ofFoil[at]!);
const labelOf = (cell: Cell): string => (cell === null ? '–' : typeof cell === 'number' ? numberText(cell) : cell);

/** The contrasts as they are stored and drawn. */
export function contrastExplanation(
  model: ClassModel,
  contrasts: readonly Contrast[],
  { rows, base }: { readonly rows: number; readonly base: readonly number[] },
): ReturnType<LocalExplainer['explain']> {
  const { inputs, classes, output } = model;
  const explained = contrasts.map((contrast, row) => [
    String(row),
    {
      instance_values: contrast.cells,
      model_prediction: contrast.prediction.map(kept),
      fact_class: classes[contrast.fact],
      foil_class: classes[contrast.foil],
      shap_values_fact: contrast.ofFact.map(kept),
      shap_values_foil: contrast.ofFoil.map(kept),
      delta: deltaOf(contrast).map(kept),
    },
  ]);
  const groups = contrasts.map((contrast, row) => ({
    title: phrase(words.instance, { number: row + 1 }),
    artifacts: [inputTable(inputs, contrast), chart(model, contrast)],
    sentences: story(model, contrast),
  }));
  const metadata = {
    feature_names: inputs,
    target_names: classes,
    output_column: output,
    background_rows: rows,
  };
  return {
    explanation: { metadata, base_values: base.map(kept), ...(Object.fromEntries(explained) as object) },
    artifacts: [{ type: 'grouped', title: null, groups }],
  };
}

const inputTable = (inputs: readonly string[], { cells }: Contrast): ExplanationDraft => ({
  type: 'table',
  title: null,
  role: 'input',
  payload: { columns: [...inputs], rows: [[...cells]] },
});

/** Places of the inputs, the largest difference first. */
function ranked(delta: readonly number[]): number[] {
  return Array.from(delta.keys()).sort((a, b) => Math.abs(delta[b]!) - Math.abs(delta[a]!));
}

function chart({ inputs, classes }: ClassModel, contrast: Contrast): ExplanationDraft {
  const delta = deltaOf(contrast);
  const shown = ranked(delta).slice(0, MOST_BARS);
  const labels = {
    title: phrase(words.ratherThan, { fact: classes[contrast.fact]!, foil: classes[contrast.foil]! }),
    ...(shown.length < inputs.length
      ? { note: phrase(words.largestInputs, { shown: shown.length, all: inputs.length }) }
      : {}),
    x: words.toDifference,
  };
  const bars = shown.map((at) => ({ name: `${inputs[at]!} = ${labelOf(contrast.cells[at]!)}`, value: delta[at]! }));
  return figureArtifact(contributionsFigure(labels, bars));
}

function story({ inputs, classes }: ClassModel, contrast: Contrast): StorySentence[] {
  const { fact, foil, prediction, cells } = contrast;
  const delta = deltaOf(contrast);
  const strongest = ranked(delta).find((at) => delta[at]! > 0);
  const facts = { fact: classes[fact]!, foil: classes[foil]!, answer: prediction[fact]!, other: prediction[foil]! };
  if (strongest === undefined) return [{ code: 'contrastive-answer', values: facts }];
  const most = { feature: inputs[strongest]!, cell: labelOf(cells[strongest]!), by: delta[strongest]! };
  return [
    { code: 'contrastive-answer', values: facts },
    { code: 'shapley-for', values: most },
  ];
}
