import { checkLive, hearFrom } from './live-run.js';
import { LIMITS, storableJson } from './limits.js';
import { lockSeries, saveStats } from './locked-series.js';
import { grouped } from './grouped.js';
import { resolveSeries } from './resolve-series.js';
import { checkEpoch, checkX, keyOf, microsOf, seriesName } from './series-batch.js';
import type { Sql } from './sql.js';
import type { NewObject } from './tracked-types.js';
import { withoutSeen } from './without-seen.js';

interface PlacedObject {
  readonly seriesId: number;
  readonly x: number;
  readonly index: number;
  readonly epoch: number | null;
  readonly ts: Date;
  readonly meta: string;
  readonly blobId: number | null;
}

/** Puts objects at their steps, all or none; the same step and index again overwrites. A series counts its steps. */
export async function putObjects(sql: Sql, given: readonly NewObject[]): Promise<void> {
  if (given.length === 0) return;
  const byRun = grouped(given, ({ runId }) => runId);
  const runIds = [...byRun.keys()];
  await checkLive(sql, runIds);
  await hearFrom(sql, runIds);
  const objects: NewObject[] = [];
  for (const [runId, own] of byRun) objects.push(...(await withoutSeen(sql, runId, own)));
  if (objects.length === 0) return;
  const bySeries = grouped(objects, (object) => keyOf(seriesName(object, object.kind)));
  const ids = await resolveSeries(
    sql,
    [...bySeries.values()].map(([first]) => seriesName(first!, first!.kind)),
  );
  const locked = await lockSeries(sql, [...ids.values()]);
  const placed: PlacedObject[] = [];
  for (const [key, own] of bySeries) {
    const series = locked.get(ids.get(key)!)!;
    const known = await stepsOf(sql, series.id, own);
    let step: number | undefined;
    for (const object of own) {
      // Without a step of their own, objects from the first on are those of one step.
      if (object.x !== null) step = checkX(object.x);
      else if (step === undefined || (object.index ?? 0) === 0) step = (series.lastX ?? -1) + 1;
      const x = step;
      const ts = object.ts ?? new Date();
      if (!known.has(x)) series.n++;
      known.add(x);
      if (series.firstX === null || x < series.firstX) series.firstX = x;
      if (series.lastX === null || x >= series.lastX) [series.lastX, series.lastTs] = [x, microsOf(ts)];
      placed.push({
        seriesId: series.id,
        x,
        index: object.index ?? 0,
        epoch: checkEpoch(object.epoch ?? null),
        ts,
        meta: storableJson('meta', object.meta, LIMITS.tree),
        blobId: object.blobId ?? null,
      });
    }
  }
  await insert(sql, [...new Map(placed.map((object) => [`${object.seriesId} ${object.x} ${object.index}`, object])).values()]); // prettier-ignore
  await saveStats(sql, [...locked.values()]);
}

async function stepsOf(sql: Sql, seriesId: number, objects: readonly NewObject[]): Promise<Set<number>> {
  const rows = await sql<{ x: number }>(
    'SELECT DISTINCT x::float8 FROM tracked_object WHERE series_id = $1 AND x = ANY($2::bigint[])',
    [seriesId, objects.flatMap(({ x }) => (x === null ? [] : [checkX(x)]))],
  );
  return new Set(rows.map(({ x }) => x));
}

async function insert(sql: Sql, objects: readonly PlacedObject[]): Promise<void> {
  await sql(
    `INSERT INTO tracked_object (series_id, x, i, epoch, ts, meta, blob_id)
     SELECT series_id, x, i, epoch, ts, meta::jsonb, blob_id
     FROM unnest($1::int[], $2::bigint[], $3::int[], $4::int[], $5::timestamptz[], $6::text[], $7::int[])
       object (series_id, x, i, epoch, ts, meta, blob_id)
     ON CONFLICT (series_id, x, i) DO UPDATE SET epoch = excluded.epoch, ts = excluded.ts, meta = excluded.meta, blob_id = excluded.blob_id`,
    [
      objects.map(({ seriesId }) => seriesId),
      objects.map(({ x }) => x),
      objects.map(({ index }) => index),
      objects.map(({ epoch }) => epoch),
      objects.map(({ ts }) => ts),
      objects.map(({ meta }) => meta),
      objects.map(({ blobId }) => blobId),
    ],
  );
}
