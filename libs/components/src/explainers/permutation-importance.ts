import { phrase, type StorySentence } from '#contract';
import { column, createFrame, takeRows, type Frame } from '#frame';
import { deriveSeed, random, type FitContext, type Random } from '#linalg';
import { barsFigure, countText, figureArtifact, noteOf } from '#plots';

import type { Explained, ExplanationDraft } from '../kit/explainer.js';
import { words } from './explainer-words.js';

/** Scores of a frame that holds several blocks of rows one after another; `blocks` are the rows' numbers among the truth. */
export type BlockScores = (frame: Frame, blocks: readonly Uint32Array[]) => readonly number[];

export interface PermutationOptions {
  readonly scoring: string;
  readonly n_repeats: number;
  readonly random_state: number;
  readonly max_samples_fraction: number;
}

/** Rows answered in one call at most: enough to spare small test sets the overhead of many calls. */
const ROWS_AT_ONCE = 20_000;
const MOST_BARS = 40;

/**
 * How much the score falls when one input's values are dealt anew among the rows, over several deals. A feature's deals depend on
 * the seed and its name alone. Source: L. Breiman, Random Forests, 2001; as scikit-learn's permutation_importance.
 */
export function permutationImportance(
  frame: Frame,
  inputs: readonly string[],
  scores: BlockScores,
  { scoring, n_repeats, random_state, max_samples_fraction }: PermutationOptions,
  { tick }: FitContext,
): Explained {
  const all = Uint32Array.from({ length: frame.rows }, (_, row) => row);
  const [baseline = NaN] = scores(frame, [all]);
  const size = Math.max(1, Math.floor(frame.rows * max_samples_fraction));
  const perCall = Math.max(1, Math.min(n_repeats, Math.floor(ROWS_AT_ONCE / size)));
  const total = inputs.length * n_repeats;
  const importances = inputs.map((name, index) => {
    const source = random(deriveSeed(random_state, name));
    const rows = size < frame.rows ? shuffled(all, source).subarray(0, size) : all;
    const drops: number[] = [];
    while (drops.length < n_repeats) {
      tick?.(index * n_repeats + drops.length, total);
      const deals = Math.min(perCall, n_repeats - drops.length);
      const blocks = new Array<Uint32Array>(deals).fill(rows);
      const dealt = joined(Array.from({ length: deals }, () => shuffled(rows, source)));
      const mixed = takeRows({ rows: frame.rows, columns: [column(frame, name)] }, dealt).columns[0]!;
      const base = takeRows(frame, joined(blocks));
      const permuted = createFrame(
        base.columns.map((one) => (one.name === name ? mixed : one)),
        base.rows,
      );
      drops.push(...scores(permuted, blocks).map((score) => baseline - score));
    }
    return { name, ...moments(drops) };
  });
  tick?.(total, total);
  return {
    explanation: explanationOf(importances),
    artifacts: [{ ...chart(importances, scoring, frame.rows), sentences: importanceStory(importances) }],
  };
}

/** A copy in random order (Fisher and Yates). */
function shuffled(rows: Uint32Array, { below }: Random): Uint32Array {
  const deck = rows.slice();
  for (let last = deck.length - 1; last > 0; last--) {
    const other = below(last + 1);
    const held = deck[last]!;
    deck[last] = deck[other]!;
    deck[other] = held;
  }
  return deck;
}

function joined(blocks: readonly Uint32Array[]): Uint32Array {
  const size = blocks[0]?.length ?? 0;
  const rows = new Uint32Array(blocks.length * size);
  blocks.forEach((block, at) => rows.set(block, at * size));
  return rows;
}

interface Importance {
  readonly name: string;
  readonly mean: number;
  readonly std: number;
}

/** Mean and population standard deviation. */
function moments(values: readonly number[]): { mean: number; std: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, std: Math.sqrt(variance) };
}

/** To three decimals; an undefined score is null. */
const rounded = (value: number): number | null => (Number.isFinite(value) ? Math.round(value * 1000) / 1000 + 0 : null);

function explanationOf(importances: readonly Importance[]): Explained['explanation'] {
  return {
    features: importances.map(({ name }) => name),
    importances_mean: importances.map(({ mean }) => rounded(mean)),
    importances_std: importances.map(({ std }) => rounded(std)),
  };
}

/** Which columns count, and how many do not. */
function importanceStory(importances: readonly Importance[]): StorySentence[] {
  const falling = importances.filter(({ mean }) => Number.isFinite(mean)).sort((a, b) => b.mean - a.mean);
  const [first, second] = falling;
  if (!first) return [];
  if (!(first.mean > 0)) return [{ code: 'importance-none', values: { count: falling.length } }];
  const idle = falling.filter(({ mean, std }) => mean <= std).length;
  return [
    { code: 'importance-first', values: { feature: first.name, fall: first.mean } },
    ...(second && second.mean > 0
      ? [{ code: 'importance-second', values: { feature: second.name, fall: second.mean } }]
      : []),
    ...(idle > 0 ? [{ code: 'importance-idle', values: { idle, count: falling.length } }] : []),
  ];
}

function chart(importances: readonly Importance[], scoring: string, rows: number): ExplanationDraft {
  const falling = [...importances].sort((a, b) => b.mean - a.mean);
  const shown = falling.slice(0, MOST_BARS);
  const labels = {
    title: words.permutationImportance,
    note: noteOf(
      shown.length < falling.length ? phrase(words.firstFeatures, { shown: shown.length, all: falling.length }) : null,
      phrase(words.overRows, { rows: countText(rows) }),
    ),
    x: phrase(words.fallOf, { score: scoring }),
  };
  const bars = shown.map(({ name, mean, std }) => ({ name, value: rounded(mean) ?? NaN, spread: rounded(std) ?? NaN }));
  return figureArtifact(barsFigure(labels, bars, true));
}
