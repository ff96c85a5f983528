import type { WireExplorer } from '#contract';
import { AppError, columnRuleOf, misfit } from '#contract';
import { ExplorerEntity, NotebookEntity } from '#persistence';
import { columnOf } from '#tables';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { checkExplorer, columnNames } from './check-explorer.js';
import { wireExplorer } from './wire-explorer.js';

/** The create body. */
export interface NewExplorer {
  readonly notebook_id: number;
  readonly exploration_type: string;
  readonly columns: Record<string, unknown>[];
  readonly parameters: Record<string, unknown>;
  readonly name?: string | null | undefined;
}

/**
 * Creates an explorer that an ExplorerJob computes. Its columns are checked against the notebook's table as it is now, and again
 * when the job runs.
 * @throws AppError `component-not-found`, `notebook-not-found`, `explorer-parameters-invalid`, `explorer-columns-invalid`.
 */
export async function createExplorer(ports: Ports, given: NewExplorer): Promise<WireExplorer> {
  const { manager } = ports.db;
  checkExplorer(ports, given.exploration_type, given.parameters);
  const notebook = await rowById(manager, NotebookEntity, given.notebook_id, 'notebook-not-found');
  const meta = await ports.tables.readMeta(await ports.storage.materialise(notebook.table_key));
  const chosen = columnNames(given.columns).map((column) => {
    try {
      return columnOf(meta, column);
    } catch (error) {
      throw new AppError('explorer-columns-invalid', { reason: column }, { cause: error });
    }
  });
  const rule = columnRuleOf(ports.catalogue.get(given.exploration_type).metadata);
  const reason = rule && misfit(rule, chosen);
  if (reason !== null) throw new AppError('explorer-columns-invalid', { reason });
  const { id } = await manager.save(manager.create(ExplorerEntity, { ...given, name: given.name ?? null }));
  return wireExplorer(await rowById(manager, ExplorerEntity, id, 'explorer-not-found'));
}
