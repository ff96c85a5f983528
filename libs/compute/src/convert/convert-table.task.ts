import { freeName, parametersFor, registry, type Converter } from '#components';
import { AppError, type LocalText, misfit, phrase, type TaskInput } from '#contract';
import { column, createFrame, select, takeRows, type Frame } from '#frame';
import { columnOf, type TableMeta } from '#tables';

import type { Task, TaskHost } from '../host.js';
import { newTable } from '../new-table.js';
import { withColumns } from '../numeric-failure.js';

import { convertRows } from './convert-rows.js';

const CONVERTER_SEED = 0;

/**
 * Applies a converter to columns of a table: it learns from the rows in scope and transforms all of them. What it returns takes the
 * place of the columns in scope: one of the same name stays where it was, others come last, and those it does not return are gone.
 * A converter of rows drops or makes rows among those in scope instead.
 * @throws AppError `component-not-found`, `parameters-invalid`, `column-not-found`, `converter-columns-invalid` {reason},
 * `converter-target-missing`, `no-rows` and what the converter throws.
 */
export const convertTable: Task<'convert-table'> = async (input, host) => {
  const converter = registry.find(input.converter.component, 'converter');
  const params = parametersFor(converter, input.converter.params);
  const folder = await host.storage.materialise(input.tableKey);
  const meta = await host.tables.readMeta(folder);
  const scope = columnsInScope(converter, input, meta);
  const rows = input.scope.rows === null ? null : rowsInScope(input.scope.rows, meta.rows);
  return newTable(host, input.targetKey, async (target, signal) => {
    if (converter.changesRows) {
      const goal = input.target;
      return convertRows(
        host,
        { converter, params, seed: CONVERTER_SEED, folder, meta, scope, rows, goal },
        target,
        signal,
      );
    }
    host.progress(0, 'loading-data');
    const wanted = [...new Set([...scope, ...(input.target === null ? [] : [input.target])])];
    const frame = await host.tables.readFrame(folder, { columns: wanted, signal });
    host.progress(0.3, 'converting');
    const learnt = rows === null ? frame : takeRows(frame, rows);
    if (learnt.rows === 0) throw new AppError('no-rows');
    const goal = input.target === null ? null : column(learnt, input.target);
    const context = { seed: CONVERTER_SEED, tick: host.tick, parallel: host.parallel };
    const produced = withColumns({ sources: scope, output: input.target ?? '' }, () => {
      const state = converter.fit(select(learnt, scope), goal, params, context);
      return converter.transform(state, select(frame, scope), params);
    });
    host.progress(0.7, 'saving-results');
    return store(host, { folder, meta, scope, produced, target }, signal);
  });
};

/** @throws AppError `converter-columns-invalid`, `converter-target-missing`, `column-not-found`. */
function columnsInScope(
  converter: Converter,
  { scope, target }: TaskInput<'convert-table'>,
  meta: TableMeta,
): string[] {
  const all = meta.columns.map(({ name }) => name).filter((name) => name !== target);
  const chosen = [...new Set(scope.columns ?? all)].map((name) => columnOf(meta, name));
  const reason = misfit(converter.columns, chosen);
  if (reason !== null) throw new AppError('converter-columns-invalid', { reason });
  if (target !== null) columnOf(meta, target);
  else if (converter.needsTarget) throw new AppError('converter-target-missing', { converter: converter.name });
  if (target !== null && converter.needsTarget && chosen.some(({ name }) => name === target))
    throw new AppError('converter-columns-invalid', { reason: phrase(TEXTS.isTarget, { column: target }) });
  return chosen.map(({ name }) => name);
}

/** @throws AppError `parameters-invalid` for a row number the table does not have. */
function rowsInScope(rows: readonly number[], count: number): readonly number[] {
  const strange = rows.find((row) => !Number.isInteger(row) || row < 0 || row >= count);
  if (strange !== undefined)
    throw new AppError('parameters-invalid', {
      parameter: 'scope',
      reason: phrase(TEXTS.noSuchRow, { row: strange, rows: count }),
    });
  return rows;
}

interface Conversion {
  readonly folder: string;
  readonly meta: TableMeta;
  readonly scope: readonly string[];
  readonly produced: Frame;
  readonly target: string;
}

/** Writes the table with the produced columns in place of those in scope; other columns are copied without being read. */
async function store(
  { storage, tables }: TaskHost,
  { folder, meta, scope, produced, target }: Conversion,
  signal: AbortSignal,
): Promise<TableMeta> {
  const returned = new Set(produced.columns.map(({ name }) => name));
  const gone = scope.filter((name) => !returned.has(name));
  const kept = meta.columns.map(({ name }) => name).filter((name) => !gone.includes(name));
  const taken = new Set(kept);
  const columns = produced.columns.map((one) =>
    scope.includes(one.name) ? one : { ...one, name: freeName(one.name, taken) },
  );
  const fresh = createFrame(columns, produced.rows);
  if (gone.length === 0) return tables.appendColumns(folder, fresh, target, { signal });
  if (kept.length === 0 && columns.length > 0) return tables.writeFrame(fresh, target, { signal, notes: meta.notes });
  if (columns.length === 0) return tables.dropColumns(folder, gone, target, { signal });
  const between = await storage.stage('tables/between');
  try {
    await tables.dropColumns(folder, gone, between.path, { signal });
    return await tables.appendColumns(between.path, fresh, target, { signal });
  } finally {
    await between.discard();
  }
}

const TEXTS = {
  isTarget: {
    en: '"{column}" is the target',
    es: '"{column}" es la columna objetivo',
    pt: '"{column}" é a coluna alvo',
    de: '"{column}" ist die Zielspalte',
    zh: '"{column}" 是目标列',
  },
  noSuchRow: {
    en: 'there is no row {row} among {rows}',
    es: 'no hay fila {row} entre {rows}',
    pt: 'não há linha {row} entre {rows}',
    de: 'eine Zeile {row} gibt es unter {rows} nicht',
    zh: '{rows} 行中没有第 {row} 行',
  },
} as const satisfies Record<string, LocalText>;
