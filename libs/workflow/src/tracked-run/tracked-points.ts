import {
  AppError,
  type Caller,
  type FileAnswer,
  type NewTrackedPoints,
  POINTS_PER_REQUEST,
  type WireTrackedPoints,
} from '#contract';
import { limitPassed, type NewColumns } from '#tracking';

import type { Ports } from '../ports.js';
import { visibleRun, visibleSeries } from './tracked-run-scope.js';
import { wireNumber, wireTrackedPoints } from './wire-tracked-run.js';

/** Stores points of a run. @throws AppError `tracked-run-not-found`, `tracked-run-gone`, `tracked-limit-passed`, `tracked-columns-uneven`. */
export async function addTrackedPoints(
  ports: Ports,
  caller: Caller,
  id: number,
  given: readonly NewTrackedPoints[],
): Promise<{ added: number }> {
  // The writer itself looks whether the run lives: a second question only where the caller may not see all.
  if (caller.projectId !== null) await visibleRun(ports, caller, id);
  const added = given.reduce((sum, { values }) => sum + values.length, 0);
  if (added > POINTS_PER_REQUEST) throw limitPassed('series', POINTS_PER_REQUEST, 'points');
  await ports.tracked.series.appendColumns(id, given.map(toColumns));
  return { added };
}

function toColumns({ name, context, xs, values, epochs, times }: NewTrackedPoints, at: number): NewColumns {
  for (const [field, column] of Object.entries({ xs, epochs, times }))
    if (column && column.length !== values.length)
      throw new AppError('tracked-columns-uneven', {
        field: `series.${at}.${field}`,
        count: column.length,
        due: values.length,
      });
  return {
    name,
    values: values.map(Number),
    ...(context ? { context } : {}),
    ...(xs ? { xs } : {}),
    ...(epochs ? { epochs } : {}),
    ...(times ? { times } : {}),
  };
}

/** A series' points, shaped to at most so many. @throws AppError `tracked-run-not-found`, `tracked-series-not-found`. */
export async function readTrackedPoints(
  ports: Ports,
  caller: Caller,
  at: { readonly id: number; readonly series_id: number },
  {
    count,
    from_x: fromX,
    to_x: toX,
  }: { readonly count: number; readonly from_x?: number | undefined; readonly to_x?: number | undefined },
): Promise<WireTrackedPoints> {
  const { id } = await visibleSeries(ports, caller, at);
  const range = { ...(fromX === undefined ? {} : { fromX }), ...(toX === undefined ? {} : { toX }) };
  return wireTrackedPoints(await ports.tracked.series.shape(id, count, range));
}

/** Points of one read while a file is being written. */
const PAGE = 50_000;

/** Every point of a series as a file. @throws AppError `tracked-run-not-found`, `tracked-series-not-found`. */
export async function exportTrackedSeries(
  ports: Ports,
  caller: Caller,
  at: { readonly id: number; readonly series_id: number },
): Promise<FileAnswer> {
  const { id } = await visibleSeries(ports, caller, at);
  return { content: csvOf(ports, id), filename: `series-${id}.csv`, mediaType: 'text/csv; charset=utf-8' };
}

async function* csvOf({ tracked }: Ports, id: number): AsyncGenerator<string> {
  yield 'x,value,epoch,time\n';
  for (let fromX = Number.MIN_SAFE_INTEGER; ;) {
    const { xs, values, epochs, times } = await tracked.series.read(id, { fromX, limit: PAGE });
    yield xs.map((x, at) => `${x},${wireNumber(values[at]!)},${epochs[at] ?? ''},${times[at]}\n`).join('');
    if (xs.length < PAGE) return;
    fromX = xs.at(-1)! + 1;
  }
}
