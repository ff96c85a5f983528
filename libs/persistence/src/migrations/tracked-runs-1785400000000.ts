import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is logged from anywhere: projects, runs, parameters, series, rows, objects, files, logs, charts (docs/adr/0010-tracking.md). */
export class TrackedRuns1785400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    for (let part = 0; part < POINT_PARTS; part++) await runner.query(partOf('tracked_point', part, POINT_PARTS));
    for (let part = 0; part < LOG_PARTS; part++) await runner.query(partOf('tracked_log', part, LOG_PARTS));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`DROP TABLE "${table}" CASCADE`);
  }
}

/** Small b-trees and parallel vacuum: points and log lines are spread by hash of what they belong to. */
const POINT_PARTS = 16;
const LOG_PARTS = 8;
const partOf = (table: string, part: number, of: number): string =>
  `CREATE TABLE ${table}_${part} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${of}, REMAINDER ${part})`;

const tables = [
  'tracked_view',
  'tracked_chart_source',
  'tracked_chart',
  'tracked_chart_group',
  'tracked_device_login',
  'tracked_track_entry',
  'tracked_track',
  'tracked_tombstone',
  'tracked_log',
  'tracked_node',
  'tracked_object',
  'tracked_blob',
  'tracked_append_seen',
  'tracked_row_extra',
  'tracked_chunk',
  'tracked_point',
  'tracked_series',
  'tracked_metric',
  'tracked_note',
  'tracked_run_tag',
  'tracked_tag',
  'tracked_param',
  'tracked_run',
  'tracked_group',
  'tracked_project',
];

const dates = `created timestamptz NOT NULL DEFAULT now(), last_modified timestamptz NOT NULL DEFAULT now()`;
const ofProject = 'project_id integer NOT NULL REFERENCES tracked_project ON DELETE CASCADE';
const ofRun = 'run_id integer NOT NULL REFERENCES tracked_run ON DELETE CASCADE';
const id = 'integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY';

const statements = [
  // A project belongs to a namespace, the owner's slug; the platform's own runs live in local/default.
  `CREATE TABLE tracked_project (id ${id}, namespace text NOT NULL, slug text NOT NULL, name text NOT NULL,
     description text, settings jsonb NOT NULL DEFAULT '{}', ${dates}, deleted_at timestamptz)`,
  `CREATE UNIQUE INDEX tracked_project_slug ON tracked_project (namespace, slug) WHERE deleted_at IS NULL`,

  // What Aim calls an experiment.
  `CREATE TABLE tracked_group (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), ${ofProject}, name text NOT NULL, description text,
     archived boolean NOT NULL DEFAULT false, ${dates}, UNIQUE (project_id, name))`,

  `CREATE TABLE tracked_run (id ${id}, ${ofProject}, group_id uuid REFERENCES tracked_group ON DELETE SET NULL,
     ext_id text NOT NULL, folder text NOT NULL DEFAULT '', name text NOT NULL, description text,
     status text NOT NULL DEFAULT 'running' CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled', 'lost')),
     archived boolean NOT NULL DEFAULT false, write_protected boolean NOT NULL DEFAULT false,
     source text NOT NULL CHECK (source IN ('platform', 'ml-dash', 'matyan', 'swanlab', 'import', 'api')),
     training_run_id integer REFERENCES run ON DELETE SET NULL, parent_run_id integer REFERENCES tracked_run ON DELETE SET NULL,
     params jsonb NOT NULL DEFAULT '{}', params_version integer NOT NULL DEFAULT 0,
     param_leaves integer NOT NULL DEFAULT 0, system jsonb NOT NULL DEFAULT '{}', metadata jsonb,
     tags text[] NOT NULL DEFAULT '{}', bindrs text[] NOT NULL DEFAULT '{}', owner text NOT NULL DEFAULT 'local',
     client_started_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), ended_at timestamptz,
     last_seen timestamptz NOT NULL DEFAULT now(), ${dates},
     log_seq bigint NOT NULL DEFAULT 0, line_seq bigint NOT NULL DEFAULT 0, layout jsonb NOT NULL DEFAULT '{}',
     deleted_at timestamptz) WITH (fillfactor = 80)`,
  `CREATE UNIQUE INDEX tracked_run_ext ON tracked_run (project_id, ext_id)`,
  `CREATE UNIQUE INDEX tracked_run_path ON tracked_run (project_id, folder, name) WHERE source = 'ml-dash' AND deleted_at IS NULL`,
  `CREATE UNIQUE INDEX tracked_run_training ON tracked_run (training_run_id) WHERE training_run_id IS NOT NULL`,
  `CREATE INDEX tracked_run_started ON tracked_run (project_id, started_at DESC, id DESC) WHERE deleted_at IS NULL`,
  `CREATE INDEX tracked_run_live ON tracked_run (last_seen) WHERE status IN ('queued', 'running')`,
  `CREATE INDEX tracked_run_gone ON tracked_run (deleted_at) WHERE deleted_at IS NOT NULL`,
  // Runs some of whose parameters have no row in tracked_param; more than the store's limit of them.
  `CREATE INDEX tracked_run_wide ON tracked_run (project_id) WHERE param_leaves > 2000`,
  `CREATE INDEX tracked_run_tags ON tracked_run USING gin (tags)`,

  // Leaves of the parameter tree by dotted key, for queries; the tree itself is tracked_run.params. Lists, nulls and empty objects have a
  // row without a value. No more than 2,000 are here; tracked_run.param_leaves counts all, so that a query knows when to read the tree.
  `CREATE TABLE tracked_param (${ofRun}, key text NOT NULL, num float8, str text, bool boolean, PRIMARY KEY (run_id, key))`,
  `CREATE INDEX tracked_param_num ON tracked_param (key, num) WHERE num IS NOT NULL`,
  `CREATE INDEX tracked_param_str ON tracked_param (key, left(str, 200)) WHERE str IS NOT NULL`,
  `CREATE INDEX tracked_param_bool ON tracked_param (key, bool) WHERE bool IS NOT NULL`,

  `CREATE TABLE tracked_tag (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), ${ofProject}, name text NOT NULL, color text, description text,
     archived boolean NOT NULL DEFAULT false, UNIQUE (project_id, name))`,
  `CREATE TABLE tracked_run_tag (${ofRun}, tag_id uuid NOT NULL REFERENCES tracked_tag ON DELETE CASCADE, PRIMARY KEY (run_id, tag_id))`,
  `CREATE INDEX tracked_run_tag_tag ON tracked_run_tag (tag_id)`,
  `CREATE TABLE tracked_note (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), run_id integer REFERENCES tracked_run ON DELETE CASCADE,
     group_id uuid REFERENCES tracked_group ON DELETE CASCADE, content text NOT NULL, ${dates}, CHECK ((run_id IS NULL) <> (group_id IS NULL)))`,
  `CREATE INDEX tracked_note_run ON tracked_note (run_id)`,
  `CREATE INDEX tracked_note_group ON tracked_note (group_id)`,

  // ML-Dash: a metric is a list of rows; its numeric fields are series that share the row's index as x.
  `CREATE TABLE tracked_metric (id ${id}, ${ofRun}, name text NOT NULL, description text, tags text[], metadata jsonb,
     next_index bigint NOT NULL DEFAULT 0, ${dates}, UNIQUE (run_id, name)) WITH (fillfactor = 70)`,

  // kind: 0 number, 1 image, 2 text, 3 distribution, 4 audio, 5 figure, 6 anything else. No index covers the statistics (HOT
  // updates). Chunks hold nothing at or above cold_below; hot_n points are rows of tracked_point.
  `CREATE TABLE tracked_series (id ${id}, ${ofRun}, metric_id integer REFERENCES tracked_metric ON DELETE CASCADE, field text,
     kind smallint NOT NULL DEFAULT 0, name text NOT NULL, context jsonb NOT NULL DEFAULT '{}', context_id bigint NOT NULL DEFAULT 0,
     dtype text, n bigint NOT NULL DEFAULT 0, first_x bigint, first_value float8, last_x bigint, last_value float8, last_ts timestamptz,
     vmin float8, vmax float8, vsum float8 NOT NULL DEFAULT 0, nonfinite bigint NOT NULL DEFAULT 0,
     stats_dirty boolean NOT NULL DEFAULT false, cold_below bigint, hot_n bigint NOT NULL DEFAULT 0,
     chunk_n integer NOT NULL DEFAULT 0, created timestamptz NOT NULL DEFAULT now(),
     UNIQUE NULLS NOT DISTINCT (run_id, kind, name, context_id, context, metric_id, field)) WITH (fillfactor = 70)`,
  `CREATE INDEX tracked_series_name ON tracked_series (name, run_id) WHERE kind = 0`,
  `CREATE INDEX tracked_series_metric ON tracked_series (metric_id) WHERE metric_id IS NOT NULL`,

  // x is the protocol's own ordinal: a step (the same step again overwrites) or a row's index. ts: microseconds since 1970.
  `CREATE TABLE tracked_point (series_id integer NOT NULL, x bigint NOT NULL, epoch integer, value float8 NOT NULL, ts bigint NOT NULL,
     PRIMARY KEY (series_id, x)) PARTITION BY HASH (series_id)`,
  // Up to a thousand points in one row: compacted ones, and long stretches as they come. The x of chunks of a series never overlap; a row
  // of tracked_point wins over the same x here. xs is empty when x rises evenly, epochs when there is none; ts is one
  // number when all came at once. The sketch is what an overview
  // needs: (x, value, ts, epoch) of the first point, the least, the greatest and the last, then of twenty in between.
  `CREATE TABLE tracked_chunk (series_id integer NOT NULL REFERENCES tracked_series ON DELETE CASCADE, first_x bigint NOT NULL,
     last_x bigint NOT NULL, n integer NOT NULL, vmin float8, vmax float8, vsum float8 NOT NULL, nonfinite integer NOT NULL,
     sketch float8[] NOT NULL, xs bigint[] NOT NULL, vals float8[] NOT NULL, ts bigint[] NOT NULL, epochs integer[] NOT NULL,
     PRIMARY KEY (series_id, first_x))`,
  // What of a row is no number, and when a row without any number was.
  `CREATE TABLE tracked_row_extra (metric_id integer NOT NULL REFERENCES tracked_metric ON DELETE CASCADE, idx bigint NOT NULL,
     ts bigint NOT NULL, extra jsonb NOT NULL, PRIMARY KEY (metric_id, idx))`,
  // Batches that were sent again after their answer was lost are known by their hash; rows and log lines alike.
  `CREATE TABLE tracked_append_seen (${ofRun}, batch_hash bytea NOT NULL, start_idx bigint NOT NULL, n integer NOT NULL,
     at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (run_id, batch_hash))`,
  `CREATE INDEX tracked_append_seen_at ON tracked_append_seen (at)`,

  `CREATE TABLE tracked_blob (id ${id}, ${ofProject}, sha256 bytea NOT NULL, size bigint NOT NULL, content_type text NOT NULL,
     storage_key text NOT NULL, created timestamptz NOT NULL DEFAULT now(), UNIQUE (project_id, sha256, content_type))`,
  `CREATE TABLE tracked_object (series_id integer NOT NULL REFERENCES tracked_series ON DELETE CASCADE, x bigint NOT NULL,
     i integer NOT NULL DEFAULT 0, epoch integer, ts timestamptz NOT NULL, meta jsonb NOT NULL DEFAULT '{}',
     blob_id integer REFERENCES tracked_blob, PRIMARY KEY (series_id, x, i))`,
  `CREATE INDEX tracked_object_blob ON tracked_object (blob_id) WHERE blob_id IS NOT NULL`,

  // Folders and files: ML-Dash's tree, matyan's artifacts. A file's path is logical and never one of the server.
  `CREATE TABLE tracked_node (id ${id}, ${ofProject}, kind text NOT NULL CHECK (kind IN ('FOLDER', 'EXPERIMENT', 'FILE')),
     parent_id integer REFERENCES tracked_node ON DELETE CASCADE, run_id integer REFERENCES tracked_run ON DELETE CASCADE,
     name text NOT NULL, path text NOT NULL, blob_id integer REFERENCES tracked_blob, description text, tags text[], bindrs text[],
     metadata jsonb, ${dates}, deleted_at timestamptz)`,
  `CREATE UNIQUE INDEX tracked_node_place ON tracked_node (project_id, parent_id, run_id, kind, path, name) NULLS NOT DISTINCT
     WHERE deleted_at IS NULL`,
  `CREATE INDEX tracked_node_parent ON tracked_node (parent_id)`,
  `CREATE INDEX tracked_node_files ON tracked_node (run_id, path text_pattern_ops) WHERE kind = 'FILE' AND deleted_at IS NULL`,
  `CREATE INDEX tracked_node_blob ON tracked_node (blob_id) WHERE blob_id IS NOT NULL`,

  // Sparse data by time, ML-Dash's tracks: entries of one timestamp are one.
  `CREATE TABLE tracked_track (id ${id}, ${ofRun}, topic text NOT NULL, description text, tags text[], metadata jsonb,
     columns text[] NOT NULL DEFAULT '{}', n bigint NOT NULL DEFAULT 0, first_ts float8, last_ts float8, ${dates}, UNIQUE (run_id, topic))`,
  `CREATE TABLE tracked_track_entry (track_id integer NOT NULL REFERENCES tracked_track ON DELETE CASCADE, ts float8 NOT NULL,
     data jsonb NOT NULL, PRIMARY KEY (track_id, ts))`,
  // Devices that wait to be let in: known by the hash of their secret, shown to people by a code.
  `CREATE TABLE tracked_device_login (secret_hash bytea PRIMARY KEY, code text NOT NULL UNIQUE, client text NOT NULL,
     state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'approved', 'denied', 'taken')), owner text,
     project_id integer REFERENCES tracked_project ON DELETE CASCADE,
     token_sha256 bytea UNIQUE, polled_at timestamptz, expires timestamptz NOT NULL)`,
  `CREATE INDEX tracked_device_login_expires ON tracked_device_login (expires)`,

  // stream: 0 terminal lines, 1 records with a level (10 debug, 20 info, 30 warn, 40 error, 50 fatal).
  `CREATE TABLE tracked_log (run_id integer NOT NULL, stream smallint NOT NULL, seq bigint NOT NULL, ts timestamptz NOT NULL,
     level smallint NOT NULL DEFAULT 20, message text NOT NULL, meta jsonb, PRIMARY KEY (run_id, stream, seq)) PARTITION BY HASH (run_id)`,
  // Runs that were deleted: who still writes to one is told so, until the stone is taken away.
  `CREATE TABLE tracked_tombstone (${ofProject}, ext_id text NOT NULL, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (project_id, ext_id))`,

  `CREATE TABLE tracked_chart_group (id ${id}, project_id integer REFERENCES tracked_project ON DELETE CASCADE,
     run_id integer REFERENCES tracked_run ON DELETE CASCADE, name text NOT NULL, description text, sort integer NOT NULL,
     opened integer NOT NULL DEFAULT 1, more jsonb, ${dates}, CHECK ((project_id IS NULL) <> (run_id IS NULL)))`,
  `CREATE UNIQUE INDEX tracked_chart_group_name ON tracked_chart_group (project_id, run_id, name) NULLS NOT DISTINCT`,
  `CREATE TABLE tracked_chart (id ${id}, chart_group_id integer NOT NULL REFERENCES tracked_chart_group ON DELETE CASCADE,
     name text NOT NULL, description text, kind text NOT NULL, reference text NOT NULL DEFAULT 'step', status smallint NOT NULL DEFAULT 0,
     system smallint NOT NULL DEFAULT 1, sort integer NOT NULL, config jsonb, ${dates}, UNIQUE (chart_group_id, name))`,
  `CREATE TABLE tracked_chart_source (chart_id integer NOT NULL REFERENCES tracked_chart ON DELETE CASCADE,
     series_id integer NOT NULL REFERENCES tracked_series ON DELETE CASCADE, sort integer NOT NULL DEFAULT 0, error jsonb,
     PRIMARY KEY (chart_id, series_id))`,
  `CREATE INDEX tracked_chart_source_series ON tracked_chart_source (series_id)`,
  // Saved views of matyan's page: apps, dashboards, reports, pinned sequences.
  `CREATE TABLE tracked_view (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), ${ofProject},
     kind text NOT NULL CHECK (kind IN ('app', 'dashboard', 'report', 'pinned')), name text, description text,
     body jsonb NOT NULL DEFAULT '{}', ${dates}, archived boolean NOT NULL DEFAULT false)`,
  `CREATE INDEX tracked_view_kind ON tracked_view (project_id, kind)`,
];
