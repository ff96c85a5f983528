import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every training run is a tracked run of the project local/default: made with it, moved with it, gone with it, in the same transaction
 * and whoever changes the row. Its points are written by `#tracking`.
 */
export class PlatformRuns1785400004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['run_track', 'run_untrack']) await runner.query(`DROP TRIGGER ${name} ON run`);
    for (const name of ['run_track()', 'run_untrack()', 'track_run(run)', 'tracked_leaves(jsonb)'])
      await runner.query(`DROP FUNCTION ${name}`);
    await runner.query(`DELETE FROM tracked_run WHERE source = 'platform'`);
  }
}

const statements = [
  // Leaves of a tree by dotted key, as libs/tracking/src/store/param-tree.ts has them.
  `CREATE FUNCTION tracked_leaves(tree jsonb) RETURNS TABLE (key text, value jsonb) LANGUAGE sql IMMUTABLE AS $$
    WITH RECURSIVE node (key, value) AS (
      SELECT top.key, top.value FROM jsonb_each(tree) top
      UNION ALL
      SELECT node.key || '.' || inner_node.key, inner_node.value FROM node
      CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(node.value) WHEN 'object' THEN node.value ELSE '{}' END) inner_node
    ) SELECT DISTINCT ON (key) key, value FROM node WHERE jsonb_typeof(value) <> 'object' OR value = '{}' ORDER BY key
  $$`,

  // A tracked run that a person deleted is not made again; keys others set among its parameters stay.
  `CREATE FUNCTION track_run(given run) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    own tracked_run;
    tree jsonb;
    leaves integer;
  BEGIN
    SELECT * INTO own FROM tracked_run WHERE training_run_id = given.id FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT own.params || jsonb_strip_nulls(jsonb_build_object('model', given.model_name, 'parameters', given.parameters,
        'optimizer', nullif(given.optimizer_name, ''), 'optimizer_parameters', nullif(given.optimizer_parameters, '{}'),
        'goal_metric', nullif(given.goal_metric, ''), 'task', session.task_name, 'session', session.name, 'dataset', dataset.name))
      INTO tree FROM model_session session JOIN dataset ON dataset.id = session.dataset_id WHERE session.id = given.model_session_id;
    tree := coalesce(tree, own.params);
    IF tree IS DISTINCT FROM own.params THEN
      SELECT count(*) INTO leaves FROM tracked_leaves(tree);
      DELETE FROM tracked_param WHERE run_id = own.id;
      INSERT INTO tracked_param (run_id, key, num, str, bool)
        SELECT own.id, key, CASE jsonb_typeof(value) WHEN 'number' THEN (value #>> '{}')::float8 END,
          CASE jsonb_typeof(value) WHEN 'string' THEN value #>> '{}' END, CASE jsonb_typeof(value) WHEN 'boolean' THEN value::boolean END
        FROM tracked_leaves(tree) LIMIT 2000;
      UPDATE tracked_run SET params = tree, params_version = params_version + 1, param_leaves = leaves WHERE id = own.id;
    END IF;
    UPDATE tracked_run SET name = given.name, description = given.description, last_modified = now(), last_seen = now(),
      started_at = coalesce(given.start_time, started_at), ended_at = CASE WHEN given.status > 2 THEN coalesce(given.end_time, now()) END,
      status = CASE given.status WHEN 2 THEN 'running' WHEN 3 THEN 'completed' WHEN 4 THEN
          CASE WHEN EXISTS (SELECT 1 FROM job WHERE id = given.huey_id AND cancel_requested) THEN 'cancelled' ELSE 'failed' END
        ELSE 'queued' END
      WHERE id = own.id;
  END $$`,

  `CREATE FUNCTION run_track() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO tracked_project (namespace, slug, name) VALUES ('local', 'default', 'default')
        ON CONFLICT (namespace, slug) WHERE deleted_at IS NULL DO NOTHING;
      INSERT INTO tracked_run (project_id, source, ext_id, name, training_run_id, status)
        SELECT id, 'platform', replace(gen_random_uuid()::text, '-', ''), NEW.name, NEW.id, 'queued'
        FROM tracked_project WHERE namespace = 'local' AND slug = 'default' AND deleted_at IS NULL;
    END IF;
    PERFORM track_run(NEW);
    RETURN NULL;
  END $$`,
  // Before the row goes, for with it goes what its tracked run is found by.
  `CREATE FUNCTION run_untrack() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    WITH gone AS (
      UPDATE tracked_run SET deleted_at = now(), training_run_id = NULL, last_modified = now()
      WHERE training_run_id = OLD.id AND deleted_at IS NULL RETURNING project_id, ext_id
    ) INSERT INTO tracked_tombstone (project_id, ext_id) SELECT project_id, ext_id FROM gone
      ON CONFLICT (project_id, ext_id) DO UPDATE SET at = now();
    RETURN OLD;
  END $$`,
  `CREATE TRIGGER run_track AFTER INSERT OR UPDATE OF name, description, status, start_time, end_time, parameters, model_name,
     optimizer_name, optimizer_parameters, goal_metric ON run FOR EACH ROW EXECUTE FUNCTION run_track()`,
  `CREATE TRIGGER run_untrack BEFORE DELETE ON run FOR EACH ROW EXECUTE FUNCTION run_untrack()`,

  // Runs that were there before; the points of those stay in metric_point and follow when they are trained again.
  `INSERT INTO tracked_project (namespace, slug, name) SELECT 'local', 'default', 'default' WHERE EXISTS (SELECT 1 FROM run)`,
  `INSERT INTO tracked_run (project_id, source, ext_id, name, training_run_id, status, started_at, created)
     SELECT project.id, 'platform', replace(gen_random_uuid()::text, '-', ''), run.name, run.id, 'queued', run.created, run.created
     FROM run CROSS JOIN tracked_project project WHERE project.namespace = 'local' AND project.slug = 'default'`,
  `SELECT track_run(run) FROM run`,
];
