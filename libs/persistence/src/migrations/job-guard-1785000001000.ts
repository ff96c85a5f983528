import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The rules of a job row that no writer may break, and its change feed. What a client sees of a row moves `change_xid` and
 * notifies `millrace_job`; a heartbeat does neither.
 */
export class JobGuard1785000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER job_notify ON job');
    await runner.query('DROP TRIGGER job_guard ON job');
    await runner.query('DROP FUNCTION job_notify()');
    await runner.query('DROP FUNCTION job_guard()');
  }
}

const statements = [
  `CREATE FUNCTION job_guard() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NEW.state <> 'not_started' OR NEW.attempt <> 0 THEN
        RAISE EXCEPTION 'a job starts as not_started with attempt 0' USING ERRCODE = 'check_violation';
      END IF;
    ELSE
      IF NEW.attempt < OLD.attempt OR NEW.attempt > OLD.attempt + 1 THEN
        RAISE EXCEPTION 'attempt of a job may only grow by one' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.attempt > OLD.attempt AND NEW.state <> 'started' THEN
        RAISE EXCEPTION 'only a start raises the attempt' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.state <> OLD.state AND NOT (
           (OLD.state = 'not_started' AND NEW.state IN ('started', 'cancelled', 'killed', 'error', 'deleted'))
        OR (OLD.state = 'started' AND NEW.state IN ('not_started', 'finished', 'error', 'cancelled', 'killed', 'deleted'))
      ) THEN
        RAISE EXCEPTION 'a job may not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      IF OLD.state = 'not_started' AND NEW.state = 'started' AND NEW.attempt = OLD.attempt THEN
        RAISE EXCEPTION 'a start raises the attempt' USING ERRCODE = 'check_violation';
      END IF;
      IF (NEW.state, NEW.attempt, NEW.progress, NEW.progress_message, NEW.cancel_requested, NEW.error, NEW.listed, NEW.name)
        IS NOT DISTINCT FROM
         (OLD.state, OLD.attempt, OLD.progress, OLD.progress_message, OLD.cancel_requested, OLD.error, OLD.listed, OLD.name) THEN
        RETURN NEW;
      END IF;
    END IF;
    NEW.change_xid := pg_current_xact_id()::text::bigint;
    NEW.last_update := clock_timestamp();
    RETURN NEW;
  END $$`,
  `CREATE FUNCTION job_notify() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' THEN
      PERFORM pg_notify('millrace_job', OLD.id || ' dismissed');
    ELSIF TG_OP = 'INSERT' OR NEW.change_xid <> OLD.change_xid OR NEW.state <> OLD.state THEN
      PERFORM pg_notify('millrace_job', NEW.id || ' ' || NEW.state);
    END IF;
    RETURN NULL;
  END $$`,
  'CREATE TRIGGER job_guard BEFORE INSERT OR UPDATE ON job FOR EACH ROW EXECUTE FUNCTION job_guard()',
  'CREATE TRIGGER job_notify AFTER INSERT OR UPDATE OR DELETE ON job FOR EACH ROW EXECUTE FUNCTION job_notify()',
];
