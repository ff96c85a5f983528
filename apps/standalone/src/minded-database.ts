import type { Logger } from '#config';
import { startPostgres, type EmbeddedPostgres } from '#embedded';

/** An embedded Postgres that is started again, at the same address, when it ends by itself. */
export interface MindedDatabase {
  readonly url: string;
  /** Rejects when it cannot be started again. */
  readonly broken: Promise<never>;
  readonly stop: () => Promise<void>;
}

/** Starts and minds the database; programs reconnect to the same address after a restart. */
export async function mindDatabase(home: string, log: Logger): Promise<MindedDatabase> {
  let current: EmbeddedPostgres = await startPostgres({ home, log });
  const { port, url } = current;
  const mind = async (): Promise<void> => {
    for (;;) {
      const exit = await current.exited;
      if (exit.expected) return;
      log.warn({ code: exit.code, signal: exit.signal }, 'the embedded Postgres ended; it starts again');
      current = await startPostgres({ home, log, port });
    }
  };
  const minding = mind();
  const broken = new Promise<never>((_, reject) => {
    minding.catch(reject);
  });
  broken.catch(() => undefined);
  return { url, broken, stop: () => current.stop() };
}
