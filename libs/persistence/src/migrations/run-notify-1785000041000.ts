import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells on `millrace_run` the id of a run that got new points of metrics or another status, so that nobody has to poll. */
export class RunNotify1785000041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER metric_point_notify ON metric_point');
    await runner.query('DROP TRIGGER run_notify ON run');
    await runner.query('DROP FUNCTION metric_point_notify()');
    await runner.query('DROP FUNCTION run_notify()');
  }
}

const statements = [
  `CREATE FUNCTION metric_point_notify() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('millrace_run', run_id::text) FROM (SELECT DISTINCT run_id FROM added) runs;
    RETURN NULL;
  END $$`,
  `CREATE FUNCTION run_notify() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('millrace_run', OLD.id::text);
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER metric_point_notify AFTER INSERT ON metric_point REFERENCING NEW TABLE AS added
   FOR EACH STATEMENT EXECUTE FUNCTION metric_point_notify()`,
  `CREATE TRIGGER run_notify AFTER UPDATE OF status ON run FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
   EXECUTE FUNCTION run_notify()`,
];
