import { ExplorerEntity, NotebookEntity } from '#persistence';

import type { JobHandler } from '../job/job-handler.js';
import { willRead } from '../notebook/notebook-readers.js';
import { rowById } from '../rows.js';
import { columnNames } from './check-explorer.js';

/** Looks at the notebook's table as it is now; the artifacts are kept, so they survive later steps. */
export const exploreTable: JobHandler<'ExplorerJob'> = {
  type: 'ExplorerJob',
  entity: ({ explorer_id: id }) => ({ type: 'explorer', id }),

  async deliver(tx, { explorer_id: id }) {
    const explorer = await rowById(tx, ExplorerEntity, id, 'explorer-not-found');
    const notebook = await willRead(tx, explorer.notebook_id);
    return `${explorer.name ?? explorer.exploration_type}: ${notebook.name}`;
  },

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const { manager } = ports.db;
    const explorer = await rowById(manager, ExplorerEntity, kwargs.explorer_id, 'explorer-not-found');
    const notebook = await rowById(manager, NotebookEntity, explorer.notebook_id, 'notebook-not-found');
    const { artifacts } = await compute.run(
      'explore-table',
      {
        tableKey: notebook.table_key,
        columns: columnNames(explorer.columns),
        explorer: { component: explorer.exploration_type, params: explorer.parameters },
      },
      { progress, metrics: () => undefined },
      signal,
    );
    await commit(async (tx) => {
      await tx.update(ExplorerEntity, explorer.id, { artifacts: [...artifacts] as never, plot_overrides: null });
    });
  },
};
