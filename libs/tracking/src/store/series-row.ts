import { SERIES_KINDS, type TrackedSeries } from './tracked-types.js';

/** What the driver answers for {@link SERIES_COLUMNS}: a series whose kind is its place in `SERIES_KINDS`. */
export type SeriesRow = Omit<TrackedSeries, 'kind'> & { readonly kind: number };

/** Every column a {@link TrackedSeries} is made of, of the table `series`. */
export const SERIES_COLUMNS = `series.id, series.run_id AS "runId", series.metric_id AS "metricId", series.field, series.kind, series.name,
  series.context, series.context_id::float8 AS "contextId", series.dtype, series.n::float8, series.first_x::float8 AS "firstX",
  series.first_value AS "firstValue", series.last_x::float8 AS "lastX", series.last_value AS "lastValue", series.last_ts AS "lastTs",
  series.vmin AS min, series.vmax AS max, series.vsum AS sum, series.nonfinite::float8, series.created`;

/** A row as the store hands it out. */
export function toSeries({ kind, ...row }: SeriesRow): TrackedSeries {
  return { ...row, kind: SERIES_KINDS[kind]! };
}
