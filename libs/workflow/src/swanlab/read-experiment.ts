import { VERSION } from '#config';
import { AppError } from '#contract';

import type { Ports } from '../ports.js';
import { runBoard, withoutOwner } from './read-charts.js';
import { success } from './swan-answer.js';
import { experimentAt, type SwanLabAt } from './swanlab-scope.js';
import { swanDate, swanStatus } from './swanlab-words.js';
import { configOf, traceOf, wireExperiment } from './wire-experiment.js';

/** Lines of a log that are read back: a page that shows more is of no use to anybody. */
const MAX_LINES = 6000;

/** One experiment with configuration and machine. @throws AppError `tracked-run-not-found`. */
export async function readSwanExperiment(ports: Ports, at: SwanLabAt, id: number) {
  const { run } = await experimentAt(ports, at, id);
  const standing = await ports.tracked.charts.placeOf(run.id);
  return success({ ...wireExperiment(run, standing, VERSION), config: configOf(run), system: { ...run.system } });
}

/** Whether it runs, and its charts. @throws AppError `tracked-run-not-found`. */
export async function readSwanStatus(ports: Ports, at: SwanLabAt, id: number) {
  const { run, project } = await experimentAt(ports, at, id);
  return success({
    status: swanStatus(run.status),
    update_time: swanDate(run.lastModified),
    finish_time: run.endedAt === null ? null : swanDate(run.endedAt),
    charts: withoutOwner(await runBoard(ports, run, project)),
  });
}

/** The last lines of its terminal. @throws AppError `tracked-run-not-found`, `tracked-logs-missing`. */
export async function readSwanLog(ports: Ports, at: SwanLabAt, id: number) {
  const { run } = await experimentAt(ports, at, id);
  const lines = (await lastLines(ports, run.id, 0)) ?? (await lastLines(ports, run.id, 1));
  const { error } = traceOf(run);
  const failure = Array.isArray(error) && error.length > 0 ? { error: error.map(String) } : {};
  if (lines === undefined) {
    if (!('error' in failure)) throw new AppError('tracked-logs-missing');
    return success({ recent: [], logs: [], ...failure });
  }
  const recent = [lines[0]!, lines.at(-1)!].map((line) => line.split(' ', 1)[0]!);
  return success({ recent, logs: [...lines, ''], ...failure });
}

async function lastLines({ tracked }: Ports, runId: number, stream: 0 | 1): Promise<string[] | undefined> {
  const { lines } = await tracked.logs.read(runId, { stream, orderBy: 'seq', descending: true, limit: MAX_LINES });
  return lines.length === 0 ? undefined : lines.map(({ message }) => message).reverse();
}

/** The packages it ran with. @throws AppError `tracked-run-not-found`, `tracked-requirements-missing`. */
export async function readSwanRequirements(ports: Ports, at: SwanLabAt, id: number) {
  const { requirements } = traceOf((await experimentAt(ports, at, id)).run);
  if (!Array.isArray(requirements)) throw new AppError('tracked-requirements-missing');
  return success({ requirements: requirements.map(String) });
}
