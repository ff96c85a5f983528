import { z } from 'zod';

import { AppError, type ColumnTypes, type ComponentManifest, type LocalText, phrase } from '#contract';

import type { NormalisedSplits } from './normalise-splits.js';

const Demands = z.object({ group_param: z.string().optional(), most_rows: z.int().optional() });

const NO_COLUMN: LocalText = {
  en: 'the data set has no column "{column}" to group by',
  es: 'el conjunto de datos no tiene una columna "{column}" por la que agrupar',
  pt: 'o conjunto de dados não tem uma coluna "{column}" para agrupar',
  de: 'der Datensatz hat keine Spalte „{column}“, nach der sich gruppieren ließe',
  zh: '数据集中没有用于分组的列“{column}”',
};

/**
 * Whether a splitter can divide a table, as far as that is known before its rows are read. Row numbers given by hand ask nothing of it.
 * @throws AppError `group-column-missing`, `splits-invalid` {reason}, `splitter-rows-too-many` {splitter, rows, most}.
 */
export function checkSplits(
  { name, metadata }: Pick<ComponentManifest, 'name' | 'metadata'>,
  { params, splitted_indexes: given }: Pick<NormalisedSplits, 'params' | 'splitted_indexes'>,
  { types, rows }: { readonly types: ColumnTypes; readonly rows: number },
): void {
  if (given) return;
  const { group_param: by, most_rows: most = Infinity } = Demands.parse(metadata);
  if (rows > most) throw new AppError('splitter-rows-too-many', { splitter: name, rows, most });
  if (by === undefined) return;
  const column = params[by];
  if (typeof column !== 'string' || column === '') throw new AppError('group-column-missing');
  if (!Object.hasOwn(types, column)) throw new AppError('splits-invalid', { reason: phrase(NO_COLUMN, { column }) });
}
