import type { WireConverter } from '#contract';
import { STATUS } from '#contract';
import { ConverterEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireConverter } from './wire-converter.js';

/** @throws AppError `converter-not-found`. */
export async function getConverter({ db }: Ports, id: number): Promise<WireConverter> {
  return wireConverter(await rowById(db.manager, ConverterEntity, id, 'converter-not-found'));
}

/** Finished converters of a notebook, oldest first. */
export async function finishedConverters({ db }: Ports, notebookId: number): Promise<WireConverter[]> {
  const where = { notebook_id: notebookId, status: STATUS.finished };
  return (await db.manager.find(ConverterEntity, { where, order: { id: 'ASC' } })).map(wireConverter);
}
