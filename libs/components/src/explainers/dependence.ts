import { AppError, phrase } from '#contract';
import { categoricalColumn, type Column, column, createFrame, type Frame, numericColumn, takeRows } from '#frame';
import type { FitContext } from '#linalg';
import { countText, figureArtifact, linesFigure } from '#plots';

import { freeName } from '../kit/columns.js';
import type { Explained, FittedModel, GroupedDraft } from '../kit/explainer.js';
import { words } from './explainer-words.js';
import { type Answers, answersOf, kept, ROWS_AT_ONCE } from './answers.js';
import { drawnRows } from './drawn-rows.js';
import { gridOf, type GridOptions } from './dependence-grid.js';
import { dependenceStory } from './dependence-story.js';

/** How the average answer changes along one column; `average[target][point]`. */
export interface Dependence {
  readonly name: string;
  readonly grid: readonly (string | number)[];
  readonly average: readonly (readonly number[])[];
}

/** Beyond these, a page of charts is not read; the explanation has all. */
const MOST_CHARTS = 60;
const MOST_LINES = 20;

/**
 * Partial dependence of every input: in each row the input is set to one value of its grid after another, and the answers are averaged.
 * More than `mostRows` rows are drawn from. Source: J. Friedman, Greedy Function Approximation, 2001.
 * @throws AppError `no-rows`.
 */
export function partialDependence(
  model: FittedModel,
  given: Frame,
  options: GridOptions,
  { seed, tick }: FitContext,
  mostRows: number,
): Explained {
  if (given.rows === 0) throw new AppError('no-rows');
  const frame = given.rows > mostRows ? takeRows(given, drawnRows(given.rows, mostRows, seed)) : given;
  const answers = answersOf(model);
  const dependences = model.inputs.map((name, done): Dependence => {
    tick?.(done, model.inputs.length);
    const source = column(given, name);
    const grid = gridOf(source, options);
    const part = (points: number): void => tick?.(done + points / Math.max(1, grid.length), model.inputs.length);
    return { name, grid, average: averagesOver(frame, source, grid, answers, part) };
  });
  tick?.(model.inputs.length, model.inputs.length);
  const taken = new Set(['metadata']);
  const entries = dependences.map(({ name, grid, average }) => {
    return [freeName(name, taken), { grid_values: grid, average }] as const;
  });
  const metadata = { target_names: answers.targets, output_column: model.output, rows: frame.rows };
  return {
    explanation: { metadata, ...Object.fromEntries(entries) },
    artifacts: [charts(dependences, model, answers.targets, frame.rows)],
  };
}

function averagesOver(
  frame: Frame,
  source: Column,
  grid: Dependence['grid'],
  answers: Answers,
  tick: (points: number) => void,
): number[][] {
  const average = answers.targets.map((): number[] => []);
  const perCall = Math.max(1, Math.floor(ROWS_AT_ONCE / frame.rows));
  for (let start = 0; start < grid.length; start += perCall) {
    tick(start);
    const values = grid
      .slice(start, start + perCall)
      .flatMap((value) => new Array<string | number>(frame.rows).fill(value));
    const asked = takeRows(
      frame,
      Array.from(values, (_, at) => at % frame.rows),
    );
    const fixed =
      source.kind === 'numeric'
        ? numericColumn(source.name, values as number[], source.type)
        : categoricalColumn(source.name, values as string[], source.type);
    const { data, rows } = answers.of(
      createFrame(
        asked.columns.map((one) => (one.name === source.name ? fixed : one)),
        asked.rows,
      ),
    );
    for (let target = 0; target < average.length; target++)
      for (let from = 0; from < rows; from += frame.rows) {
        let sum = 0;
        for (let row = from; row < from + frame.rows; row++) sum += data[target * rows + row]!;
        average[target]!.push(kept(sum / frame.rows));
      }
  }
  return average;
}

/** How far the average moves between its lowest and highest point. */
export const swing = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity) -
  values.reduce((least, value) => Math.min(least, value), Infinity);

function charts(
  dependences: readonly Dependence[],
  model: FittedModel,
  targets: readonly string[],
  rows: number,
): GroupedDraft {
  const known = dependences.filter(({ grid }) => grid.length > 0);
  const most = ({ average }: Dependence): number => Math.max(...average.map(swing));
  const shown = new Set(known.toSorted((a, b) => most(b) - most(a)).slice(0, MOST_CHARTS));
  const classes = model.answers === 'classes';
  const groups = known
    .filter((one) => shown.has(one))
    .map((one) => {
      const lines = targets
        .map((name, target) => ({ name, x: one.grid, y: one.average[target]!, mode: 'lines+markers' as const }))
        .toSorted((a, b) => (targets.length > MOST_LINES ? swing(b.y) - swing(a.y) : 0))
        .slice(0, MOST_LINES);
      const labels = {
        title: phrase(words.partialDependence, { column: one.name }),
        note: phrase(words.averageOverRows, { rows: countText(rows) }),
        x: one.name,
        y: classes ? words.probability : model.output,
        ...(classes ? { legend: model.output } : {}),
      };
      return {
        title: one.name,
        artifacts: [figureArtifact(linesFigure(labels, lines))],
        sentences: dependenceStory(one, targets, classes),
      };
    });
  return { type: 'grouped', title: null, groups };
}
