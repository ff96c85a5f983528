import type { MatyanObjects } from '#contract';
import type { Tree } from '#matyan';
import type { PointRange, TrackedObject, TrackedRun, TrackedSeries } from '#tracking';

import type { Ports } from '../../ports.js';
import { epochSeconds } from '../run-props.js';
import { grouped } from '../../ml-dash/grouped.js';
import { objectTree, type UriOf } from './object-values.js';

type Range = { readonly from: number | undefined; readonly to: number | undefined };
/** Which steps of a series, and which objects of a step. The ends of ranges are not included. */
export interface ObjectRanges {
  readonly records: Range;
  readonly recordDensity: number;
  readonly indexes: Range;
  readonly indexDensity: number;
}
/** A series at some of its steps. */
export interface SampledObjects {
  readonly steps: number[];
  readonly values: Tree[];
  readonly epochs: (number | null)[];
  readonly times: number[];
  /** The most objects a step has. */
  readonly width: number;
}

/** Steps of these kinds hold a list of objects, of the others one. */
export const holdsList = (sequence: MatyanObjects): boolean => sequence !== 'distributions' && sequence !== 'figures';

/** Objects of a series at evenly spaced steps, as they are answered. */
export async function sampledObjects(
  ports: Ports,
  { run, series, sequence, uriOf }: { run: TrackedRun; series: TrackedSeries; sequence: MatyanObjects; uriOf: UriOf },
  ranges: ObjectRanges,
): Promise<SampledObjects> {
  const objects = await ports.tracked.search.sampleObjects(series.id, ranges.recordDensity, pointRange(ranges.records));
  const steps = [...grouped(objects, ({ x }) => x)];
  const values: Tree[] = [];
  for (const [, own] of steps) {
    const wanted = holdsList(sequence) ? chosen(own, ranges) : own.slice(0, 1);
    const trees = await Promise.all(wanted.map((object) => objectTree(ports, sequence, run, object, uriOf)));
    values.push(holdsList(sequence) ? trees : trees[0]!);
  }
  return {
    steps: steps.map(([step]) => step),
    values,
    epochs: steps.map(([, [first]]) => first!.epoch),
    times: steps.map(([, [first]]) => epochSeconds(first!.ts)),
    width: Math.max(1, ...steps.map(([, own]) => own.length)),
  };
}

const pointRange = ({ from, to }: Range): PointRange => ({
  ...(from === undefined ? {} : { fromX: from }),
  ...(to === undefined ? {} : { toX: to - 1 }),
});

/** Of a step's objects those of the range, and of them so many. */
export function chosen(
  objects: readonly TrackedObject[],
  { indexes, indexDensity }: Pick<ObjectRanges, 'indexes' | 'indexDensity'>,
): readonly TrackedObject[] {
  const part = objects.slice(Math.max(0, indexes.from ?? 0), indexes.to);
  if (indexDensity <= 0 || part.length <= indexDensity) return part;
  const step = (part.length - 1) / Math.max(1, indexDensity - 1);
  return Array.from({ length: indexDensity }, (_, at) => part[Math.round(at * step)]!);
}

/** `[first step, last step + 1]` of all there is. */
export const wholeRange = (series: readonly TrackedSeries[]): [number, number] => {
  const known = series.filter(({ firstX, lastX }) => firstX !== null && lastX !== null);
  if (known.length === 0) return [0, 0];
  return [Math.min(...known.map(({ firstX }) => firstX!)), Math.max(...known.map(({ lastX }) => lastX!)) + 1];
};
