import { isDeepStrictEqual } from 'node:util';

import type { Caller, FileAnswer, MatyanObjects } from '#contract';
import type { StreamTree, Tree } from '#matyan';
import type { SeriesContext, TrackedRun, TrackedSeries } from '#tracking';

import type { Ports } from '../../ports.js';
import { artifactUri } from '../blob-uri.js';
import { matyanRun } from '../matyan-project.js';
import { binaryAnswer } from './binary-answer.js';
import { holdsList, type ObjectRanges, type SampledObjects, sampledObjects, wholeRange } from './sampled-objects.js';
import { OBJECT_KINDS } from './search-objects.js';
import { storedTree } from './stored-tree.js';

export interface ObjectsAsked {
  readonly hash: string;
  readonly sequence: MatyanObjects;
  readonly traces: readonly { readonly name: string; readonly context: SeriesContext }[];
}

/** Series of a run at evenly spaced steps, one tree each; unknown ones are left out. @throws AppError `tracked-run-not-found`. */
export async function matyanObjectBatch(
  ports: Ports,
  caller: Caller,
  given: ObjectsAsked & ObjectRanges,
): Promise<FileAnswer> {
  const run = await matyanRun(ports, caller, given.hash);
  const series = await known(ports, run, given);
  return binaryAnswer(batch(ports, run, series, given));
}

/** The same series at one step; -1 is the last one of each. @throws AppError `tracked-run-not-found`. */
export async function matyanObjectStep(
  ports: Ports,
  caller: Caller,
  given: ObjectsAsked & Pick<ObjectRanges, 'indexes' | 'indexDensity'> & { readonly step: number },
): Promise<FileAnswer> {
  const run = await matyanRun(ports, caller, given.hash);
  const series = await known(ports, run, given);
  return binaryAnswer(atStep(ports, run, series, given));
}

async function known(ports: Ports, run: TrackedRun, { sequence, traces }: ObjectsAsked): Promise<TrackedSeries[]> {
  const series = (await ports.tracked.series.list([run.id])).filter(({ kind }) => kind === OBJECT_KINDS[sequence]);
  return traces.flatMap(
    ({ name, context }) => series.find((one) => one.name === name && isDeepStrictEqual(one.context, context)) ?? [],
  );
}

async function* batch(
  ports: Ports,
  run: TrackedRun,
  all: readonly TrackedSeries[],
  given: ObjectsAsked & ObjectRanges,
): AsyncGenerator<StreamTree> {
  const { sequence } = given;
  const uriOf = await artifactUri(ports, run.projectId);
  for (const series of all) {
    const sampled = await sampledObjects(ports, { run, series, sequence, uriOf }, given);
    const used = [sampled.steps[0] ?? 0, (sampled.steps.at(-1) ?? -1) + 1];
    yield objectsTree(series, sampled, used, given);
  }
}

async function* atStep(
  ports: Ports,
  run: TrackedRun,
  all: readonly TrackedSeries[],
  given: Parameters<typeof matyanObjectStep>[2],
): AsyncGenerator<StreamTree> {
  const { sequence } = given;
  const uriOf = await artifactUri(ports, run.projectId);
  for (const series of all) {
    const step = given.step < 0 ? series.lastX : given.step;
    if (step === null) continue;
    const records = { from: step, to: step + 1 };
    const sampled = await sampledObjects(
      ports,
      { run, series, sequence, uriOf },
      { ...given, records, recordDensity: 1 },
    );
    const [values] = sampled.values;
    if (values === undefined) continue;
    // One step: its objects themselves, a single one as a list of one.
    const flat = holdsList(sequence) ? (values as readonly Tree[]) : [values];
    yield objectsTree(series, { ...sampled, values: [...flat] }, [step, step], given);
  }
}

function objectsTree(
  series: TrackedSeries,
  { steps, values, width }: SampledObjects,
  used: readonly number[],
  { sequence, indexes }: Pick<ObjectsAsked, 'sequence'> & Pick<ObjectRanges, 'indexes'>,
): StreamTree {
  const lists = holdsList(sequence);
  return {
    name: series.name,
    context: storedTree(series.context),
    values,
    iters: steps,
    record_range_used: used,
    record_range_total: wholeRange([series]),
    index_range_used: lists ? [indexes.from ?? 0, indexes.to ?? width] : null,
    index_range_total: lists ? [0, width] : null,
  };
}
