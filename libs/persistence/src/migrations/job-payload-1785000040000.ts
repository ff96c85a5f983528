import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Notifications of `millrace_job` carry what watchers see of the row, so that nobody has to ask for it. A row too long for one
 * (8000 bytes) is named by its id alone, and so is one that is gone.
 */
export class JobPayload1785000040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Also for a second change in one transaction, which the first notification does not show.
    await runner.query(notify(withRow, 'OR NEW.last_update <> OLD.last_update'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(notify(`PERFORM pg_notify('millrace_job', NEW.id || ' ' || NEW.state);`, ''));
  }
}

const withRow = `
      payload := jsonb_build_object('id', NEW.id, 'type', NEW.type, 'name', NEW.name, 'state', NEW.state,
        'attempt', NEW.attempt, 'cancel_requested', NEW.cancel_requested, 'progress', NEW.progress,
        'progress_message', NEW.progress_message, 'error', NEW.error, 'listed', NEW.listed, 'parent_id', NEW.parent_id,
        'enqueued_at', NEW.enqueued_at, 'last_update', NEW.last_update, 'change_xid', NEW.change_xid::text)::text;
      IF octet_length(payload) > 7900 THEN
        payload := NEW.id || ' ' || NEW.state;
      END IF;
      PERFORM pg_notify('millrace_job', payload);`;

const notify = (
  tell: string,
  or: string,
): string => `CREATE OR REPLACE FUNCTION job_notify() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE payload text;
  BEGIN
    IF TG_OP = 'DELETE' THEN
      PERFORM pg_notify('millrace_job', OLD.id || ' dismissed');
    ELSIF TG_OP = 'INSERT' OR NEW.change_xid <> OLD.change_xid OR NEW.state <> OLD.state ${or} THEN
      ${tell}
    END IF;
    RETURN NULL;
  END $$`;
