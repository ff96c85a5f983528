import { AppError } from '#contract';
import type { ChartOwner, ChartStatus } from '#tracking';

import type { Ports } from '../ports.js';
import { type Board, projectBoard, runBoard } from './read-charts.js';
import { success } from './swan-answer.js';
import { experimentAt, projectAt, type SwanLabAt } from './swanlab-scope.js';

/** Pins, hides or puts back a chart; answers all groups with whole charts. @throws AppError `tracked-chart-not-found`. */
export async function changeSwanChart(ports: Ports, at: SwanLabAt, id: number, status: ChartStatus) {
  const readBoard = await boardReader(ports, at, id, await ports.tracked.charts.ownerOf('chart', id));
  await ports.tracked.charts.setStatus(id, status);
  const { charts, namespaces } = await readBoard();
  const byId = new Map(charts.map((chart) => [chart.id, chart]));
  const groups = namespaces.map((group) => ({ ...group, charts: group.charts.map((chart) => byId.get(chart)!) }));
  return success({ groups });
}

/** Folds or unfolds a group; -1 and -2 are the pinned and the hidden charts of whom the body names. @throws AppError `tracked-chart-not-found`. */
export async function openSwanNamespace(
  ports: Ports,
  at: SwanLabAt,
  id: number,
  given: { opened: boolean; experiment_id?: number | null | undefined; project_id?: number | null | undefined },
) {
  const opened = given.opened ? 1 : 0;
  if (id > 0) {
    await boardReader(ports, at, id, await ports.tracked.charts.ownerOf('group', id));
    await ports.tracked.charts.setOpened({ groupId: id }, opened);
  } else {
    const owner = namedOwner(given);
    if (id === 0 || owner === undefined) throw notFound(id);
    await boardReader(ports, at, id, owner);
    await ports.tracked.charts.setOpened({ owner, pinned: id === -1 }, opened);
  }
  return { code: 0, message: 'success' } as const;
}

function namedOwner(given: {
  experiment_id?: number | null | undefined;
  project_id?: number | null | undefined;
}): ChartOwner | undefined {
  if (typeof given.experiment_id === 'number') return { runId: given.experiment_id };
  return typeof given.project_id === 'number' ? { projectId: given.project_id } : undefined;
}

/** Reads the board of an owner whom the asker may see. @throws AppError `tracked-chart-not-found`, `tracked-run-not-found`. */
async function boardReader(
  ports: Ports,
  at: SwanLabAt,
  id: number,
  owner: ChartOwner | undefined,
): Promise<() => Promise<Board>> {
  if (owner === undefined) throw notFound(id);
  if ('runId' in owner) {
    const { run, project } = await experimentAt(ports, at, owner.runId);
    return () => runBoard(ports, run, project);
  }
  const { caller, projectSlug } = at;
  const only = projectSlug === undefined ? caller.projectId : (await projectAt(ports, at)).id;
  if (only !== null && only !== owner.projectId) throw notFound(id);
  const project = await ports.tracked.projects.get(owner.projectId);
  return () => projectBoard(ports, project);
}

const notFound = (id: number): AppError => new AppError('tracked-chart-not-found', { id });
