import { AppError, type SwanPoint } from '#contract';
import type { PointColumns, TrackedSeries } from '#tracking';

import type { Ports } from '../ports.js';
import { MAX_POINTS, objectEntries } from './object-entries.js';
import { success } from './swan-answer.js';
import { experimentAt, type SwanLabAt } from './swanlab-scope.js';
import { swanDate } from './swanlab-words.js';
import { type Tag, tagsOf } from './tags-of.js';

/** The series a tag names. @throws AppError `tracked-series-not-found`. */
export async function tagOf({ tracked }: Ports, runId: number, name: string): Promise<Tag> {
  const tag = tagsOf(await tracked.series.list([runId])).find((one) => one.name === name);
  if (tag === undefined) throw new AppError('tracked-series-not-found', { name });
  return tag;
}

/** A tag's statistics and at most 1,500 of its points. @throws AppError `tracked-run-not-found`, `tracked-series-not-found`. */
export async function readSwanTag(ports: Ports, at: SwanLabAt, id: number, name: string) {
  const { run } = await experimentAt(ports, at, id);
  const { series } = await tagOf(ports, run.id, name);
  const { list, sum } = series.kind === 'number' ? await numbers(ports, series) : await objects(ports, series);
  if (list.length === 0) return success({ sum: 0, list: [], experiment_id: run.id });
  const last = list.at(-1)!;
  const marked = [...list.slice(0, -1), { ...last, _last: true as const }];
  return success({ sum, max: series.max, min: series.min, list: marked, experiment_id: run.id });
}

/** All points of a short series; of a long one those that largest triangles leave. */
async function numbers({ tracked }: Ports, series: TrackedSeries): Promise<{ list: SwanPoint[]; sum: number }> {
  const points = await tracked.series.shape(series.id, MAX_POINTS);
  return { list: points.xs.map((_x, place) => entry(points, place)), sum: Math.max(series.n, points.xs.length) };
}

function entry({ xs, values, times }: PointColumns, place: number): SwanPoint {
  const value = values[place]!;
  return { index: xs[place]!, data: Number.isFinite(value) ? value : null, create_time: swanDate(times[place]!) };
}

async function objects({ tracked }: Ports, series: TrackedSeries): Promise<{ list: SwanPoint[]; sum: number }> {
  const { entries, steps } = objectEntries(series.kind, await tracked.objects.read(series.id, {}));
  return { list: entries, sum: steps };
}
