import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Nodes over chunks, level over level, so that a chart of a series of any length reads as much as it shows; sketches are bytes. Nodes of
 * series that are there already come with their next points, or with the next upkeep.
 */
export class TrackedLevels1785500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of back) await runner.query(statement);
  }
}

const statements = [
  `CREATE FUNCTION pg_temp.packed(given float8[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
     SELECT coalesce(string_agg(float8send(value), '' ORDER BY place), '') FROM unnest(given) WITH ORDINALITY entry (value, place) $$`,
  `ALTER TABLE tracked_chunk ALTER COLUMN sketch TYPE bytea USING pg_temp.packed(sketch)`,
  // The sketch is a node's whole worth: it stays in its row, and doubles do not compress.
  `CREATE TABLE tracked_level (series_id integer NOT NULL REFERENCES tracked_series ON DELETE CASCADE, level smallint NOT NULL,
     first_x bigint NOT NULL, last_x bigint NOT NULL, n bigint NOT NULL, sketch bytea NOT NULL, PRIMARY KEY (series_id, level, first_x))`,
  `ALTER TABLE tracked_level ALTER COLUMN sketch SET STORAGE PLAIN`,
  // The planner knows nothing of a table that was just filled; with few rows counted it reads the whole of it.
  `ALTER TABLE tracked_chunk SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05)`,
  // Trainings whose points were stored before their runs were tracked: the upkeep copies them one by one.
  `CREATE TABLE tracked_backlog (run_id integer PRIMARY KEY REFERENCES run ON DELETE CASCADE)`,
  `INSERT INTO tracked_backlog SELECT training_run_id FROM tracked_run tracked WHERE deleted_at IS NULL
     AND EXISTS (SELECT 1 FROM metric_point WHERE run_id = training_run_id)
     AND NOT EXISTS (SELECT 1 FROM tracked_series WHERE run_id = tracked.id)`,
];

const back = [
  'DROP TABLE tracked_backlog',
  'DROP TABLE tracked_level',
  `ALTER TABLE tracked_chunk RESET (autovacuum_analyze_scale_factor, autovacuum_vacuum_insert_scale_factor)`,
  // The doubles of big-endian bytes, by sign, exponent and fraction.
  `CREATE FUNCTION pg_temp.unpacked(given bytea) RETURNS float8[] LANGUAGE sql IMMUTABLE AS $$
     SELECT coalesce(array_agg(CASE
         WHEN exponent = 2047 THEN CASE WHEN fraction <> 0 THEN 'NaN' WHEN bits < 0 THEN '-Infinity' ELSE 'Infinity' END::float8
         ELSE CASE WHEN bits < 0 THEN -1 ELSE 1 END * CASE WHEN exponent = 0 THEN fraction * power(2::float8, -1074)
           ELSE (fraction + 4503599627370496) * power(2::float8, exponent - 1075) END END ORDER BY place), '{}')
     FROM (SELECT place, bits, ((bits >> 52) & 2047)::int AS exponent, (bits & 4503599627370495)::float8 AS fraction
       FROM generate_series(0, length(given) / 8 - 1) place
       CROSS JOIN LATERAL (SELECT ('x' || encode(substring(given FROM place * 8 + 1 FOR 8), 'hex'))::bit(64)::bigint AS bits) read) part $$`,
  `ALTER TABLE tracked_chunk ALTER COLUMN sketch TYPE float8[] USING pg_temp.unpacked(sketch)`,
];
