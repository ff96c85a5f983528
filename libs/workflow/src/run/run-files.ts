import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { z } from 'zod';

import type { Artifact, SplitIndexes, SplitName } from '#contract';
import { AppError, Artifact as ArtifactSchema, SPLITS } from '#contract';
import type { RunEntity } from '#persistence';
import type { Storage } from '#storage';
import { runAttemptKey } from '#storage';

import type { Job } from '../job/job-handler.js';

export const PLOTS = ['history', 'slice', 'contour', 'importance'] as const;
export type PlotName = (typeof PLOTS)[number];

const Rows = z.array(z.int());
const Splits = z.object({ train_indexes: Rows, validation_indexes: Rows, test_indexes: Rows });

/** Keys one attempt at training a run writes: the fitted state, the row numbers of its parts, and plots of a search. */
export function runKeys(
  job: Pick<Job, 'id' | 'attempt'>,
  runId: number,
): { state: string; splits: string; plot: (name: PlotName) => string } {
  const key = runAttemptKey(runId, job.id, job.attempt);
  return { state: `${key}-state`, splits: `${key}-splits`, plot: (name) => `${key}-${name}` };
}

/** Writes any JSON value under a key. */
export async function writeJson(storage: Storage, key: string, value: unknown): Promise<void> {
  await storage.write(key, Readable.from([Buffer.from(JSON.stringify(value))]));
}

/** Where the row numbers of a run's parts lie, beside its state. */
export const splitsKey = (stateKey: string): string => stateKey.replace(/-state$/, '-splits');

/** Keys of everything a trained run keeps. */
export function filesOf(run: RunEntity): string[] {
  const state = run.run_path === null ? [] : [run.run_path, splitsKey(run.run_path)];
  return [...state, ...PLOTS.flatMap((name) => run[`plot_${name}_path`] ?? [])];
}

/** Row numbers of the parts a finished run was trained and judged on. @throws AppError `run-not-finished`. */
export async function readSplits(storage: Storage, run: RunEntity): Promise<SplitIndexes> {
  if (run.run_path === null) throw new AppError('run-not-finished', { id: run.id });
  return Splits.parse(JSON.parse(await text(await storage.read(splitsKey(run.run_path)))));
}

/** A plot of the search. @throws AppError `plot-not-found`. */
export async function readPlot(storage: Storage, run: RunEntity, name: PlotName): Promise<Artifact> {
  const key = run[`plot_${name}_path`];
  if (key === null) throw new AppError('plot-not-found', { id: run.id });
  return ArtifactSchema.parse(JSON.parse(await text(await storage.read(key))));
}

/** A part's name on the wire, which calls validation `val`. */
export const wireSplit = (name: SplitName): string => (name === 'validation' ? 'val' : name);

/** How many rows each part of a finished run has. @throws AppError `run-not-finished`. */
export async function splitSizes(storage: Storage, run: RunEntity): Promise<Readonly<Record<SplitName, number>>> {
  if (run.split_sizes) return run.split_sizes;
  const splits = await readSplits(storage, run);
  return {
    train: splits.train_indexes.length,
    validation: splits.validation_indexes.length,
    test: splits.test_indexes.length,
  };
}

/** The parts' wire names and sizes, `all` last. */
export function namedSplits(sizes: Readonly<Record<SplitName, number>>): { name: string; rows: number }[] {
  const parts = SPLITS.map((name) => ({ name: wireSplit(name), rows: sizes[name] })).filter(({ rows }) => rows > 0);
  return [...parts, { name: 'all', rows: parts.reduce((sum, { rows }) => sum + rows, 0) }];
}
