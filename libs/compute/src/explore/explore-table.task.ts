import { namedColumn, parametersFor, registry, type Explorer } from '#components';
import { AppError, misfit } from '#contract';
import { columnOf } from '#tables';

import type { Task } from '../host.js';
import { stoppable } from '../stoppable.js';

import { placeArtifacts } from './place-artifacts.js';

const EXPLORER_SEED = 0;

/**
 * Looks at columns of a table.
 * @throws AppError `component-not-found`, `parameters-invalid`, `column-not-found`, `explorer-columns-invalid` {reason}.
 */
export const exploreTable: Task<'explore-table'> = async ({ tableKey, columns, explorer: choice }, host) => {
  const explorer = registry.find(choice.component, 'explorer');
  const folder = await host.storage.materialise(tableKey);
  const meta = await host.tables.readMeta(folder);
  const { params, further } = withNames(
    explorer,
    parametersFor(explorer, choice.params),
    meta.columns.map(({ name }) => name),
  );
  const chosen = [...new Set(columns)].map((name) => columnOf(meta, name));
  const reason = misfit(explorer.columns, chosen);
  if (reason !== null) throw new AppError('explorer-columns-invalid', { reason });
  host.progress(0, 'loading-data');
  const names = chosen.map(({ name }) => name);
  const frame = await stoppable(host, (signal) =>
    host.tables.readFrame(folder, { columns: [...new Set([...names, ...further])], signal }),
  );
  host.progress(0.3, 'exploring');
  const context = { seed: EXPLORER_SEED, tick: host.tick, parallel: host.parallel };
  return { artifacts: placeArtifacts(explorer.explore(frame, names, params, context)) };
};

/** The parameters with column numbers turned into names, and the columns they name. */
function withNames(
  { columnParams = [] }: Explorer,
  params: Readonly<Record<string, unknown>>,
  names: readonly string[],
): { params: Readonly<Record<string, unknown>>; further: string[] } {
  const named = columnParams.map((key) => [key, namedColumn(params[key] as string | number | null, names)] as const);
  return {
    params: { ...params, ...Object.fromEntries(named) },
    further: named.map(([, name]) => name).filter((name) => name !== null),
  };
}
