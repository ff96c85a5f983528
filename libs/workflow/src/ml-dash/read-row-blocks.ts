import { AppError, type AnswerOf, type Caller, type InputOf, type mlDashRoutes } from '#contract';

import type { Ports } from '../ports.js';
import { metricOf, readMetricRows } from './metric-source.js';
import { rowBlocks } from './row-blocks.js';
import { visibleRun } from './visible.js';

/** Rows only ever append, so a cursor is the next index with the metric it belongs to. */
const CURSOR = /^(s?\d{1,10})-(\d{1,15})$/;

/** Rows by cursor. @throws AppError `cursor-invalid`, `tracked-metric-not-found`, `tracked-run-not-found`, `tracked-run-gone`. */
export async function readRowBlocks(
  ports: Ports,
  caller: Caller,
  { experimentId, name }: InputOf<typeof mlDashRoutes.rows>['params'],
  { limit, cursor }: InputOf<typeof mlDashRoutes.rows>['query'],
): Promise<AnswerOf<typeof mlDashRoutes.rows>> {
  await visibleRun(ports, caller, experimentId);
  const metric = await metricOf(ports.tracked, experimentId, name);
  const [, of = metric.id, from = '0'] = cursor === undefined ? [] : (CURSOR.exec(cursor) ?? ['', '']);
  if (of !== metric.id) throw new AppError('cursor-invalid');
  const rows = await readMetricRows(ports.tracked, metric, Number(from), limit);
  const next = Number(from) + rows.length;
  const hasMore = rows.length > 0 && next < metric.total;
  return {
    format: 'ml-dash.metric-rows.v1',
    metricId: metric.id,
    visibility: 'committed',
    order: 'storage',
    blocks: rowBlocks(rows),
    returned: rows.length,
    hasMore,
    nextCursor: hasMore ? `${metric.id}-${next}` : null,
  };
}
