import { AppError, phrase, type StorySentence } from '#contract';
import { cellAt, column, type Frame, select, takeRows } from '#frame';
import { deriveSeed, type FitContext } from '#linalg';
import { contributionsFigure, figureArtifact, noteOf, numberText } from '#plots';

import type { ExplanationDraft, FittedModel, GroupedDraft, LocalExplainer } from '../kit/explainer.js';
import { words } from './explainer-words.js';
import { type Answers, answersOf, kept } from './answers.js';
import { drawnRows } from './drawn-rows.js';
import { type Attribution, attributeRows, type Link } from './shapley-rows.js';

/** How the background is chosen from the training rows. */
export interface BackgroundOptions {
  readonly fit_parameter_sample_background_data: boolean;
  readonly fit_parameter_background_fraction: number;
}

/** Rows of the background at most: every coalition is asked over all of them. */
export const MOST_BACKGROUND = 100;
const MOST_BARS = 8;

/** The training rows everything is compared with: all of them or a share, and never more than {@link MOST_BACKGROUND}. */
export function backgroundOf(frame: Frame, options: BackgroundOptions, seed: number): Frame {
  const share = options.fit_parameter_sample_background_data ? options.fit_parameter_background_fraction : 1;
  const count = Math.min(MOST_BACKGROUND, Math.max(1, Math.round(frame.rows * share)));
  return count < frame.rows ? takeRows(frame, drawnRows(frame.rows, count, deriveSeed(seed, 'background'))) : frame;
}

/**
 * Kernel SHAP of every row, with a chart of the largest contributions to the answer it got.
 * @throws AppError `no-rows`, also without training rows.
 */
export function explainByShapley(
  model: FittedModel,
  training: Frame,
  rows: Frame,
  options: BackgroundOptions & { readonly link: Link },
  context: FitContext,
): ReturnType<LocalExplainer['explain']> {
  if (rows.rows === 0 || training.rows === 0) throw new AppError('no-rows');
  const asked = select(rows, model.inputs);
  const background = select(backgroundOf(training, options, context.seed), model.inputs);
  const answers = answersOf(model);
  const { base, rows: found } = attributeRows(answers, model.inputs, background, asked, options.link, context);
  const instances = found.map(({ prediction, values }, row) => [
    String(row),
    {
      instance_values: model.inputs.map((name) => cellAt(column(asked, name), row)),
      model_prediction: prediction.map(kept),
      shap_values: values.map((some) => some.map(kept)),
    },
  ]);
  const metadata = {
    feature_names: model.inputs,
    target_names: answers.targets,
    output_column: model.output,
    background_rows: background.rows,
  };
  return {
    explanation: { metadata, base_values: base.map(kept), ...(Object.fromEntries(instances) as object) },
    artifacts: [charts({ model, answers, asked, base }, found)],
  };
}

interface Shown {
  readonly model: FittedModel;
  readonly answers: Answers;
  readonly asked: Frame;
  readonly base: readonly number[];
}

function charts(shown: Shown, found: readonly Attribution[]): GroupedDraft {
  return {
    type: 'grouped',
    title: null,
    groups: found.map((attribution, row) => ({
      title: phrase(words.instance, { number: row + 1 }),
      artifacts: [inputTable(shown, row), chart(shown, attribution, row)],
      sentences: story(shown, attribution, row),
    })),
  };
}

const inputTable = ({ model, asked }: Shown, row: number): ExplanationDraft => ({
  type: 'table',
  title: null,
  role: 'input',
  payload: {
    columns: [...model.inputs],
    rows: [model.inputs.map((name) => cellAt(column(asked, name), row))],
  },
});

/** The target with the largest prediction. */
const chosen = ({ prediction }: Attribution): number => prediction.indexOf(Math.max(...prediction));

/** `length = 4.1`, as a label. */
function valueText({ asked }: Shown, name: string, row: number): string {
  const cell = cellAt(column(asked, name), row);
  return cell === null ? '–' : typeof cell === 'number' ? numberText(cell) : cell;
}

function chart(shown: Shown, attribution: Attribution, row: number): ExplanationDraft {
  const { model, answers, base } = shown;
  const target = chosen(attribution);
  const all = attribution.values[target]!.map((value, at) => ({ name: model.inputs[at]!, value }));
  const bars = all.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_BARS);
  const answer = `f(x) = ${numberText(attribution.prediction[target]!)}, E[f(x)] = ${numberText(base[target]!)}`;
  const cut = bars.length < all.length;
  const labels = {
    title: model.answers === 'classes' ? `${model.output}: ${answers.targets[target]!}` : model.output,
    note: noteOf(answer, cut ? phrase(words.largestInputs, { shown: bars.length, all: all.length }) : null),
    x: words.contribution,
  };
  return figureArtifact(
    contributionsFigure(
      labels,
      bars.map(({ name, value }) => ({ name: `${name} = ${valueText(shown, name, row)}`, value })),
    ),
  );
}

function story(shown: Shown, attribution: Attribution, row: number): StorySentence[] {
  const { model, answers, base } = shown;
  const target = chosen(attribution);
  const kind = model.answers === 'classes' ? 'class' : 'number';
  const values = attribution.values[target]!;
  const facts = { target: answers.targets[target]!, answer: attribution.prediction[target]!, base: base[target]! };
  const [most, least] = [Math.max(...values), Math.min(...values)];
  const speaks = (code: string, value: number): StorySentence => {
    const feature = model.inputs[values.indexOf(value)]!;
    return { code, values: { feature, cell: valueText(shown, feature, row), by: Math.abs(value) } };
  };
  return [
    { code: `shapley-answer-${kind}`, values: facts },
    ...(most > 0 ? [speaks('shapley-for', most)] : []),
    ...(least < 0 ? [speaks('shapley-against', least)] : []),
  ];
}
