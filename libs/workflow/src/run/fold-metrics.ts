import type { FoldMetrics, LeafArtifact, Locale, SplitName, WireRunWithMetrics } from '#contract';
import { AppError, type RunMetrics } from '#contract';
import { ModelSessionEntity, RunEntity } from '#persistence';

import { toldLeaf } from '../artifact/told-artifacts.js';
import { normaliseSplits } from '../model-session/normalise-splits.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** Which folds, and which rows of them. */
export interface FoldScope {
  readonly metric_split: Extract<SplitName, 'train' | 'validation'>;
  readonly scope: 'default' | 'outer';
}

type ByMetric = Record<string, (number | null)[]>;

/**
 * The metrics of a run fold by fold, in the order of the folds; under `rep_0`, `rep_1`, … when the session repeats them.
 * @throws AppError `run-not-found`, `fold-metrics-not-found`.
 */
export async function foldMetrics(
  { db, tracking, catalogue }: Ports,
  id: number,
  { metric_split: split, scope }: FoldScope,
): Promise<FoldMetrics> {
  const run = await rowById(db.manager, RunEntity, id, 'run-not-found');
  const points = await tracking.at(id, scope === 'outer' ? 'outer_fold' : 'fold');
  const own = points.filter((point) => point.split === split && point.foldIndex !== undefined);
  if (own.length === 0) throw new AppError('fold-metrics-not-found', { id });
  const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const { params } = normaliseSplits(session.splits, (name) => catalogue.get(name, 'Splitter'));
  const count = Math.max(...own.map(({ foldIndex }) => foldIndex!)) + 1;
  const byMetric: ByMetric = {};
  for (const { name, foldIndex, value } of own)
    (byMetric[name] ??= Array.from({ length: count }, () => null))[foldIndex!] = value;
  if (!('n_repeats' in params)) return byMetric;
  const folds = Number(params['n_splits']);
  const repetition = (k: number): ByMetric =>
    Object.fromEntries(
      Object.entries(byMetric).map(([name, values]) => [name, values.slice(k * folds, (k + 1) * folds)]),
    );
  return Object.fromEntries(Array.from({ length: Math.ceil(count / folds) }, (_, k) => [`rep_${k}`, repetition(k)]));
}

/** Means and deviations over the outer folds of nested cross-validation. @throws AppError `run-not-found`, `run-not-nested`. */
export async function outerAveragedMetrics(
  { db, tracking }: Ports,
  id: number,
): Promise<Pick<WireRunWithMetrics, keyof typeof RunMetrics>> {
  const run = await rowById(db.manager, RunEntity, id, 'run-not-found');
  if (!run.nested || Object.keys(run.nested).length === 0) throw new AppError('run-not-nested', { id });
  return (await tracking.summary([id], 'last_outer')).get(id)!;
}

/** What the fitted model of a run says of itself; nothing before it is trained. @throws AppError `run-not-found`. */
export async function modelArtifacts(
  { db }: Ports,
  id: number,
  locale: Locale,
): Promise<{ status: null; artifacts: LeafArtifact[] }> {
  const run = await rowById(db.manager, RunEntity, id, 'run-not-found');
  return { status: null, artifacts: (run.artifacts ?? []).map((leaf) => toldLeaf(leaf, locale)) };
}
