import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A training that is delivered or starts moves its tracked run, and no more: to gather its parameters again took half of the
 * statement that claims its job. They are gathered when something of the run itself changes, and at its end, when sessions and data
 * sets may have other names.
 */
export class TrackedMoves1785600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [moveTrackedRun, trackRun('PERFORM move_tracked_run(given)'), runTrack(choose)])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [runTrack('PERFORM track_run(NEW)'), trackRun(move), 'DROP FUNCTION move_tracked_run(run)'])
      await runner.query(statement);
  }
}

const move = `UPDATE tracked_run SET name = given.name, description = given.description, last_modified = now(), last_seen = now(),
      started_at = coalesce(given.start_time, started_at), ended_at = CASE WHEN given.status > 2 THEN coalesce(given.end_time, now()) END,
      status = CASE given.status WHEN 2 THEN 'running' WHEN 3 THEN 'completed' WHEN 4 THEN
          CASE WHEN EXISTS (SELECT 1 FROM job WHERE id = given.huey_id AND cancel_requested) THEN 'cancelled' ELSE 'failed' END
        ELSE 'queued' END
      WHERE training_run_id = given.id`;

const moveTrackedRun = `CREATE FUNCTION move_tracked_run(given run) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    ${move};
  END $$`;

const choose = `IF TG_OP = 'INSERT' OR NEW.status > 2 OR
        (NEW.name, NEW.description, NEW.parameters, NEW.model_name, NEW.optimizer_name, NEW.optimizer_parameters, NEW.goal_metric)
        IS DISTINCT FROM
        (OLD.name, OLD.description, OLD.parameters, OLD.model_name, OLD.optimizer_name, OLD.optimizer_parameters, OLD.goal_metric)
      THEN PERFORM track_run(NEW);
      ELSE PERFORM move_tracked_run(NEW);
    END IF`;

const trackRun = (
  last: string,
): string => `CREATE OR REPLACE FUNCTION track_run(given run) RETURNS void LANGUAGE plpgsql AS $$
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
    ${last};
  END $$`;

const runTrack = (
  change: string,
): string => `CREATE OR REPLACE FUNCTION run_track() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO tracked_project (namespace, slug, name) VALUES ('local', 'default', 'default')
        ON CONFLICT (namespace, slug) WHERE deleted_at IS NULL DO NOTHING;
      INSERT INTO tracked_run (project_id, source, ext_id, name, training_run_id, status)
        SELECT id, 'platform', replace(gen_random_uuid()::text, '-', ''), NEW.name, NEW.id, 'queued'
        FROM tracked_project WHERE namespace = 'local' AND slug = 'default' AND deleted_at IS NULL;
    END IF;
    ${change};
    RETURN NULL;
  END $$`;
