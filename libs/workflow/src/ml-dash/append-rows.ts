import type { Caller, InputOf, mlDashRoutes } from '#contract';
import type { AppendedRows } from '#tracking';

import type { Ports } from '../ports.js';
import { storedName } from './metric-source.js';
import { writableRun } from './visible.js';

/** Rows of one chunk, as clients are told; ours are read the same way, chunk or not. */
export const CHUNK_ROWS = 10_000;

type Params = InputOf<typeof mlDashRoutes.append>['params'];
interface Landed {
  readonly metricId: string;
  readonly bufferedDataPoints: string;
  readonly chunkSize: number;
}

/** Appends one row. @throws AppError as {@link appendBatch}. */
export async function appendRow(
  ports: Ports,
  caller: Caller,
  params: Params,
  { data, ...words }: InputOf<typeof mlDashRoutes.append>['body'],
): Promise<Landed & { index: string }> {
  const landed = await append(ports, caller, params, [data], words);
  return { ...told(landed), index: `${landed.startIndex}` };
}

/** Appends rows, all or none. @throws AppError `tracked-run-not-found`, `tracked-run-gone`, `tracked-run-protected`, `tracked-limit-passed`. */
export async function appendBatch(
  ports: Ports,
  caller: Caller,
  params: Params,
  { dataPoints, ...words }: InputOf<typeof mlDashRoutes.appendBatch>['body'],
): Promise<Landed & { startIndex: string; endIndex: string; count: number }> {
  const landed = await append(ports, caller, params, dataPoints, words);
  const { startIndex, count } = landed;
  return { ...told(landed), startIndex: `${startIndex}`, endIndex: `${startIndex + count - 1}`, count };
}

type Words = Omit<InputOf<typeof mlDashRoutes.append>['body'], 'data'>;

async function append(
  ports: Ports,
  caller: Caller,
  { experimentId, name }: Params,
  rows: readonly Readonly<Record<string, unknown>>[],
  { description, tags, metadata }: Words,
): Promise<AppendedRows> {
  await writableRun(ports, caller, experimentId);
  return ports.tracked.rows.append({
    runId: experimentId,
    metric: storedName(name),
    rows,
    ...(description == null ? {} : { description }),
    ...(tags == null ? {} : { tags }),
    ...(metadata == null ? {} : { metadata }),
  });
}

const told = ({ metricId, total }: AppendedRows): Landed => ({
  metricId: `${metricId}`,
  bufferedDataPoints: `${total % CHUNK_ROWS}`,
  chunkSize: CHUNK_ROWS,
});
