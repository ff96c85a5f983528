import { AppError, phrase, type StorySentence } from '#contract';
import { cellAt, type Frame, select } from '#frame';
import type { FitContext } from '#linalg';
import { numberText } from '#plots';

import type { ExplanationDraft, FittedModel, LocalExplainer } from '../kit/explainer.js';
import { words } from './explainer-words.js';
import { kept } from './answers.js';
import {
  type Candidate,
  candidateFrame,
  type CellSpace,
  cellSpace,
  changedInputs,
  classify,
  wholeRow,
} from './cell-space.js';

/** A row that the model answers otherwise; some searches say how far away it is. */
export interface Counterfactual {
  readonly candidate: Candidate;
  readonly distance?: number;
}
/** Searches counterfactuals of row `own` of the space, whose class is `code`; `codes` are the answers for the known rows. */
export type CounterfactualSearch = (
  space: CellSpace,
  asked: { readonly own: number; readonly row: number; readonly code: number; readonly codes: readonly number[] },
) => readonly Counterfactual[];

/**
 * Counterfactuals of every row, beside it in a table in which what changes stands out.
 * @throws AppError `no-rows`, also without training rows; what the search throws.
 */
export function explainByCounterfactuals(
  model: FittedModel,
  training: Frame,
  rows: Frame,
  search: CounterfactualSearch,
  { seed, tick }: FitContext,
): ReturnType<LocalExplainer['explain']> {
  if (model.answers !== 'classes' || rows.rows === 0 || training.rows === 0) throw new AppError('no-rows');
  const space = cellSpace(model, select(training, model.inputs), select(rows, model.inputs), seed);
  const known = Array.from({ length: space.known }, (_, row) => wholeRow(space, row));
  const codes = classify(space, known).map(({ code }) => code);
  const instances = Array.from({ length: rows.rows }, (_, row) => {
    tick?.(row, rows.rows);
    const own = space.known + row;
    const [answer] = classify(space, [wholeRow(space, own)]);
    const found = search(space, { own, row, code: answer!.code, codes });
    const answers = classify(
      space,
      found.map(({ candidate }) => candidate),
    );
    return { own, answer: answer!, found: found.map((one, at) => ({ ...one, code: answers[at]!.code })) };
  });
  tick?.(rows.rows, rows.rows);
  const metadata = { feature_names: model.inputs, target_names: model.classes, output_column: model.output };
  const explained = instances.map(({ own, answer, found }, row) => [
    String(row),
    {
      instance_values: cellsOf(space, wholeRow(space, own)),
      model_prediction: answer.probabilities.map(kept),
      predicted_class: model.classes[answer.code],
      counterfactuals: found.map(({ candidate, distance, code }) => ({
        values: cellsOf(space, candidate),
        predicted_class: model.classes[code],
        ...(distance === undefined ? {} : { distance: kept(distance) }),
        changed_features: changedInputs(space, candidate, own).map((at) => model.inputs[at]),
      })),
    },
  ]);
  const groups = instances.map((instance, row) => ({
    title: phrase(words.instance, { number: row + 1 }),
    artifacts: [inputTable(space, instance.own), comparison(space, instance)],
    sentences: story(space, instance),
  }));
  return {
    explanation: { metadata, ...(Object.fromEntries(explained) as object) },
    artifacts: [{ type: 'grouped', title: null, groups }],
  };
}

interface Instance {
  readonly own: number;
  readonly answer: { readonly code: number };
  readonly found: readonly { readonly candidate: Candidate; readonly code: number }[];
}

const cellsOf = (space: CellSpace, candidate: Candidate) =>
  candidateFrame(space, [candidate]).columns.map((source) => cellAt(source, 0));

const inputTable = (space: CellSpace, own: number): ExplanationDraft => ({
  type: 'table',
  title: null,
  role: 'input',
  payload: { columns: [...space.model.inputs], rows: [cellsOf(space, wholeRow(space, own))] },
});

/** A column for the row and for each counterfactual, a line for each input, and the answers below. */
function comparison(space: CellSpace, { own, answer, found }: Instance): ExplanationDraft {
  const { inputs, classes } = space.model;
  const cells = [wholeRow(space, own), ...found.map(({ candidate }) => candidate)].map((one) => cellsOf(space, one));
  const answers = [answer, ...found].map(({ code }) => classes[code]!);
  return {
    type: 'table',
    title: null,
    payload: {
      columns: [
        words.feature,
        words.thisInstance,
        ...found.map((_, at) => phrase(words.counterfactual, { number: at + 1 })),
      ],
      rows: [...inputs.map((name, at) => [name, ...cells.map((row) => row[at]!)]), [words.predictedClass, ...answers]],
      highlight: found.flatMap(({ candidate }, at) =>
        changedInputs(space, candidate, own).map((row) => ({ row, column: at + 2 })),
      ),
    },
  };
}

function story(space: CellSpace, { own, answer, found }: Instance): StorySentence[] {
  const { inputs, classes } = space.model;
  const target = classes[answer.code]!;
  const [first] = found;
  if (!first) return [{ code: 'counterfactual-none', values: { target } }];
  const changed = changedInputs(space, first.candidate, own);
  const cells = cellsOf(space, first.candidate);
  const said = changed.map((at) => {
    const cell = cells[at] ?? null;
    return `${inputs[at]!} = ${cell === null ? '–' : typeof cell === 'number' ? numberText(cell) : cell}`;
  });
  return [{ code: 'counterfactual-found', values: { target, other: classes[first.code]!, changes: said.join(', ') } }];
}
