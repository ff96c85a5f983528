import { In } from 'typeorm';

import { GlobalExplainerEntity, LocalExplainerEntity, PredictionEntity, ReportEntity, RunEntity } from '#persistence';

import { removeExplainers } from '../explainer/change-explainer.js';
import { removePredictions } from '../prediction/remove-predictions.js';
import type { Ports } from '../ports.js';
import { removeReports } from '../report/change-report.js';
import { rowById } from '../rows.js';

/** How much hangs on a run. @throws AppError `run-not-found`. */
export async function countOperations(
  { db }: Ports,
  runId: number,
): Promise<{ explainers: number; predictions: number; reports: number }> {
  const { manager } = db;
  await rowById(manager, RunEntity, runId, 'run-not-found');
  const where = { run_id: runId };
  const global = await manager.countBy(GlobalExplainerEntity, where);
  const local = await manager.countBy(LocalExplainerEntity, where);
  return {
    explainers: global + local,
    predictions: await manager.countBy(PredictionEntity, where),
    reports: await manager.countBy(ReportEntity, where),
  };
}

/** Deletes explainers, predictions and reports of a run. @throws AppError `run-not-found`. */
export async function removeOperations(
  ports: Ports,
  runId: number,
): Promise<{
  deleted: true;
  count: { global_explainers: number; local_explainers: number; predictions: number; reports: number };
  total: number;
}> {
  await rowById(ports.db.manager, RunEntity, runId, 'run-not-found');
  const { global, local, predictions, reports } = await removeOperationsOf(ports, [runId]);
  const count = { global_explainers: global, local_explainers: local, predictions, reports };
  return { deleted: true, count, total: global + local + predictions + reports };
}

/** Stops and deletes what was made with these runs, with its files; answers how many of each. */
export async function removeOperationsOf(
  ports: Ports,
  runIds: readonly number[],
): Promise<{ global: number; local: number; predictions: number; reports: number }> {
  const { manager } = ports.db;
  const where = { run_id: In([...runIds]) };
  const idsOf = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);
  const global = idsOf(await manager.find(GlobalExplainerEntity, { where, select: { id: true } }));
  const local = idsOf(await manager.find(LocalExplainerEntity, { where, select: { id: true } }));
  const reports = idsOf(await manager.find(ReportEntity, { where, select: { id: true } }));
  return {
    global: await removeExplainers(ports, 'global', global),
    local: await removeExplainers(ports, 'local', local),
    predictions: await removePredictions(ports, await manager.findBy(PredictionEntity, where)),
    reports: await removeReports(ports, reports),
  };
}
