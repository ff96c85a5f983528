import { SERIES_KINDS, type SeriesContext, type TrackedSeries } from './tracked-types.js';

/** What the driver answers for {@link SERIES_COLUMNS}. */
export interface SeriesRow {
  readonly id: number;
  readonly runId: number;
  readonly metricId: number | null;
  readonly field: string | null;
  readonly kind: number;
  readonly name: string;
  readonly context: SeriesContext;
  readonly contextId: number;
  readonly dtype: string | null;
  readonly n: number;
  readonly firstX: number | null;
  readonly firstValue: number | null;
  readonly lastX: number | null;
  readonly lastValue: number | null;
  readonly lastTs: Date | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly sum: number;
  readonly nonfinite: number;
  readonly created: Date;
}

/** Every column a {@link TrackedSeries} is made of, of the table `series`. */
export const SERIES_COLUMNS = `series.id, series.run_id AS "runId", series.metric_id AS "metricId", series.field, series.kind, series.name,
  series.context, series.context_id::float8 AS "contextId", series.dtype, series.n::float8, series.first_x::float8 AS "firstX",
  series.first_value AS "firstValue", series.last_x::float8 AS "lastX", series.last_value AS "lastValue", series.last_ts AS "lastTs",
  series.vmin AS min, series.vmax AS max, series.vsum AS sum, series.nonfinite::float8, series.created`;

/** A row as the store hands it out. */
export function toSeries({ kind, ...row }: SeriesRow): TrackedSeries {
  return { ...row, kind: SERIES_KINDS[kind]! };
}
