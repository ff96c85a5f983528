import { randomUUID } from 'node:crypto';

import type { KeptTest, LocalText, WireStatisticalTest } from '#contract';
import { AppError } from '#contract';
import { ModelSessionEntity, StatisticalTestEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById, toWire, without } from '../rows.js';

const NO_RESULTS: LocalText = {
  en: 'there are no results to save',
  es: 'no hay resultados que guardar',
  pt: 'não há resultados para guardar',
  de: 'es gibt keine Ergebnisse zu sichern',
  zh: '没有可保存的结果',
};

const wireTest = (row: StatisticalTestEntity): WireStatisticalTest => without(toWire(row), 'last_modified');

/**
 * Keeps outcomes a person chose, all or none; several that name no group become one.
 * @throws AppError `test-impossible` without any, `model-session-not-found`.
 */
export async function saveTests({ db }: Ports, given: readonly KeptTest[]): Promise<WireStatisticalTest[]> {
  if (given.length === 0) throw new AppError('test-impossible', { reason: NO_RESULTS });
  const group = given.length > 1 ? randomUUID().replaceAll('-', '') : null;
  return db.transaction(async (tx) => {
    for (const id of new Set(given.flatMap(({ model_session_id: session }) => session ?? [])))
      await rowById(tx, ModelSessionEntity, id, 'model-session-not-found');
    const rows = given.map((one) =>
      tx.create(StatisticalTestEntity, { ...one, group_id: one.group_id || group } as Partial<StatisticalTestEntity>),
    );
    const saved = await tx.save(rows);
    const kept: WireStatisticalTest[] = [];
    for (const { id } of saved)
      kept.push(wireTest(await rowById(tx, StatisticalTestEntity, id, 'statistical-test-not-found')));
    return kept;
  });
}

/** Kept outcomes, newest first. */
export async function listTests(
  { db }: Ports,
  { model_session_id, group_id }: { model_session_id?: number | undefined; group_id?: string | undefined },
): Promise<WireStatisticalTest[]> {
  const where = {
    ...(model_session_id === undefined ? {} : { model_session_id }),
    ...(group_id === undefined ? {} : { group_id }),
  };
  return (await db.manager.find(StatisticalTestEntity, { where, order: { id: 'DESC' } })).map(wireTest);
}

/** Deletes a kept outcome. @throws AppError `statistical-test-not-found`. */
export async function removeTest({ db }: Ports, id: number): Promise<{ deleted: true; id: number }> {
  await rowById(db.manager, StatisticalTestEntity, id, 'statistical-test-not-found');
  await db.manager.delete(StatisticalTestEntity, { id });
  return { deleted: true, id };
}
