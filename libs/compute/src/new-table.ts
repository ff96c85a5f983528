import type { TableMeta } from '#tables';

import type { TaskHost } from './host.js';
import { stoppable } from './stoppable.js';

/**
 * Builds a table in a folder of its own and makes it visible under its key in one step; a failed or cancelled build leaves nothing.
 * `build` fills the folder and answers its description.
 */
export async function newTable(
  host: TaskHost,
  key: string,
  build: (folder: string, signal: AbortSignal) => Promise<TableMeta>,
): Promise<{ rows: number; columns: number }> {
  const staged = await host.storage.stage(key);
  try {
    const meta = await stoppable(host, (signal) => build(staged.path, signal));
    await staged.publish();
    return { rows: meta.rows, columns: meta.columns.length };
  } catch (error) {
    await staged.discard();
    throw error;
  }
}
