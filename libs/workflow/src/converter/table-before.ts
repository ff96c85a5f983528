import type { EntityManager } from 'typeorm';
import { IsNull, LessThan, Not } from 'typeorm';

import { STATUS } from '#contract';
import type { NotebookEntity } from '#persistence';
import { ConverterEntity } from '#persistence';

/** Storage key of the table a step of a notebook starts from: what the step before it made, or the notebook's first copy. */
export async function tableBefore(
  manager: EntityManager,
  notebook: NotebookEntity,
  converterId: number,
): Promise<string> {
  const before = await manager.findOne(ConverterEntity, {
    where: { notebook_id: notebook.id, id: LessThan(converterId), status: STATUS.finished, table_key: Not(IsNull()) },
    order: { id: 'DESC' },
  });
  return before?.table_key ?? notebook.source_key;
}
