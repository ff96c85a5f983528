import { arrayText } from './arrays.js';
import type { Stats } from './series-stats.js';
import type { Sql } from './sql.js';

/** A series' row, locked until the transaction ends; what is changed in it is saved by {@link saveStats}. */
export interface LockedSeries extends Stats {
  readonly id: number;
  /** Chunks hold nothing at or above it; null without any. */
  coldBelow: number | null;
  /** Points that are rows. */
  hotN: number;
  chunkN: number;
}

const micros = (column: string): string => `round(extract(epoch FROM ${column}) * 1000000)::float8`;

/** Rows of these series, without those that are gone. */
export async function lockSeries(sql: Sql, ids: readonly number[]): Promise<Map<number, LockedSeries>> {
  const rows = await sql<LockedSeries>(
    `SELECT id, n::float8, first_x::float8 AS "firstX", first_value AS "firstValue", last_x::float8 AS "lastX",
       last_value AS "lastValue", ${micros('last_ts')} AS "lastTs", vmin AS min, vmax AS max, vsum AS sum,
       nonfinite::float8, stats_dirty AS dirty, cold_below::float8 AS "coldBelow", hot_n::float8 AS "hotN", chunk_n AS "chunkN"
     FROM tracked_series WHERE id = ANY($1::int[]) ORDER BY id FOR NO KEY UPDATE`,
    [arrayText(ids)],
    'tracked-series-lock',
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function saveStats(sql: Sql, rows: readonly LockedSeries[]): Promise<void> {
  const column = (of: (row: LockedSeries) => number | null): string => arrayText(rows.map(of));
  await sql(
    `UPDATE tracked_series series SET n = new.n, first_x = new.first_x, first_value = new.first_value, last_x = new.last_x,
       last_value = new.last_value, last_ts = to_timestamp(new.last_ts / 1000000), vmin = new.vmin, vmax = new.vmax, vsum = new.vsum,
       nonfinite = new.nonfinite, stats_dirty = new.dirty <> 0, cold_below = new.cold_below, hot_n = new.hot_n, chunk_n = new.chunk_n
     FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::float8[], $5::bigint[], $6::float8[], $7::float8[], $8::float8[],
       $9::float8[], $10::float8[], $11::bigint[], $12::int[], $13::bigint[], $14::bigint[], $15::int[])
       new (id, n, first_x, first_value, last_x, last_value, last_ts, vmin, vmax, vsum, nonfinite, dirty, cold_below, hot_n, chunk_n)
     WHERE series.id = new.id`,
    [
      column(({ id }) => id),
      column(({ n }) => n),
      column(({ firstX }) => firstX),
      column(({ firstValue }) => firstValue),
      column(({ lastX }) => lastX),
      column(({ lastValue }) => lastValue),
      column(({ lastTs }) => lastTs),
      column(({ min }) => min),
      column(({ max }) => max),
      column(({ sum }) => sum),
      column(({ nonfinite }) => nonfinite),
      column(({ dirty }) => Number(dirty)),
      column(({ coldBelow }) => coldBelow),
      column(({ hotN }) => hotN),
      column(({ chunkN }) => chunkN),
    ],
    'tracked-series-save',
  );
}
