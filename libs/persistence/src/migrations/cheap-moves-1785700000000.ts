import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a click on a run's start pays for its tracked run: a first delivery nothing, for that run is queued already, and a start no look
 * at the columns it does not write.
 */
export class CheapMoves1785700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of ['run_track_again', 'run_move']) await runner.query(`DROP TRIGGER ${name} ON run`);
    await create(runner, 'run_track_again', OWN.join(', '), `NEW.status <= 2 AND ${DIFFERS}`, 'run_track');
    await create(runner, 'run_track_end', MOVES, 'NEW.status > 2', 'run_track');
    await create(runner, 'run_move', MOVES, 'NEW.status <= 2 AND (OLD.status <> 0 OR NEW.status <> 1)', 'run_move');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['run_track_again', 'run_track_end', 'run_move'])
      await runner.query(`DROP TRIGGER ${name} ON run`);
    const changed = `(NEW.status > 2 OR ${DIFFERS})`;
    await create(runner, 'run_track_again', `${MOVES}, ${OWN.join(', ')}`, changed, 'run_track');
    await create(runner, 'run_move', MOVES, `NOT ${changed}`, 'run_move');
  }
}

const MOVES = 'status, start_time, end_time';
/** What a tracked run shows of its training, beside the times and the state. */
const OWN = 'name description parameters model_name optimizer_name optimizer_parameters goal_metric'.split(' ');
const of = (row: string): string => OWN.map((column) => `${row}.${column}`).join(', ');
const DIFFERS = `(${of('NEW')}) IS DISTINCT FROM (${of('OLD')})`;

async function create(runner: QueryRunner, name: string, columns: string, when: string, does: string): Promise<void> {
  await runner.query(
    `CREATE TRIGGER ${name} AFTER UPDATE OF ${columns} ON run FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION ${does}()`,
  );
}
