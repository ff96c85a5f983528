import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A training that is delivered or starts moves its tracked run, and no more: to gather its parameters again took half of the
 * statement that claims its job. They are gathered when something of the run itself changes, and at its end, when sessions and data
 * sets may have other names.
 */
export class TrackedMoves1785600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['run_track', 'run_track_again', 'run_move']) await runner.query(`DROP TRIGGER ${name} ON run`);
    await runner.query('DROP FUNCTION run_move()');
    await runner.query(
      `CREATE TRIGGER run_track AFTER INSERT OR UPDATE OF status, start_time, end_time, ${OWN.join(', ')} ON run
       FOR EACH ROW EXECUTE FUNCTION run_track()`,
    );
  }
}

/** What a tracked run shows of its training, beside the times and the state. */
const OWN = 'name description parameters model_name optimizer_name optimizer_parameters goal_metric'.split(' ');
const of = (row: string): string => OWN.map((column) => `${row}.${column}`).join(', ');
const CHANGED = `(NEW.status > 2 OR (${of('NEW')}) IS DISTINCT FROM (${of('OLD')}))`;

const statements = [
  'DROP TRIGGER run_track ON run',
  'CREATE TRIGGER run_track AFTER INSERT ON run FOR EACH ROW EXECUTE FUNCTION run_track()',
  `CREATE TRIGGER run_track_again AFTER UPDATE OF status, start_time, end_time, ${OWN.join(', ')} ON run
   FOR EACH ROW WHEN ${CHANGED} EXECUTE FUNCTION run_track()`,

  `CREATE FUNCTION run_move() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE tracked_run SET last_modified = now(), last_seen = now(), started_at = coalesce(NEW.start_time, started_at),
      ended_at = NULL, status = CASE NEW.status WHEN 2 THEN 'running' ELSE 'queued' END WHERE training_run_id = NEW.id;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER run_move AFTER UPDATE OF status, start_time, end_time ON run
   FOR EACH ROW WHEN (NOT ${CHANGED}) EXECUTE FUNCTION run_move()`,
];
