import type { TrackedSeries } from '#tracking';

import type { Ports } from '../ports.js';
import { dataOf } from './object-entries.js';
import { standingRuns } from './read-project.js';
import { success } from './swan-answer.js';
import { experimentAt, projectAt, type SwanLabAt } from './swanlab-scope.js';
import { freeNumber } from './swanlab-words.js';
import { type Tag, tagsOf } from './tags-of.js';
import { wireExperiment } from './wire-experiment.js';

/** Experiments that are compared: the newest ones. */
export const MAX_COMPARED = 1000;

/** The last value of every tag of a run. @throws AppError `tracked-run-not-found`. */
export async function readSwanSummary(ports: Ports, at: SwanLabAt, id: number) {
  const { run } = await experimentAt(ports, at, id);
  const tags = tagsOf(await ports.tracked.series.list([run.id]));
  const summaries = await Promise.all(
    tags.map(async ({ name, series }) => ({ key: name, value: await lastValue(ports, series) })),
  );
  return success({ summaries });
}

/** The last values across a project; of the experiments named, with commas between, or of all. @throws AppError `tracked-project-not-found`. */
export async function readSwanSummaries(ports: Ports, at: SwanLabAt, names: string | undefined) {
  const project = await projectAt(ports, at);
  const wanted = names === undefined ? undefined : new Set(names.split(',').map((name) => name.trim()));
  const compared = await comparedRuns(ports, project.id);
  const tags = new Set<string>();
  const summaries: [string, Record<string, unknown>][] = [];
  for (const { name, tags: own } of compared) {
    if (wanted !== undefined && !wanted.has(name)) continue;
    const values: [string, unknown][] = [];
    for (const tag of own) {
      tags.add(tag.name);
      values.push([tag.name, await lastValue(ports, tag.series)]);
    }
    summaries.push([name, Object.fromEntries(values)]);
  }
  return success({ tags: [...tags], summaries: Object.fromEntries(summaries) });
}

/** Runs of a project with the names they have here and their tags. */
export async function comparedRuns(
  ports: Ports,
  projectId: number,
): Promise<{ readonly id: number; readonly name: string; readonly tags: readonly Tag[] }[]> {
  const standing = await standingRuns(ports, projectId, MAX_COMPARED);
  const byRun = new Map<number, TrackedSeries[]>(standing.map(({ run }) => [run.id, []]));
  for (const one of await ports.tracked.series.list([...byRun.keys()])) byRun.get(one.runId)?.push(one);
  return standing.map(({ run, ...stands }) => ({
    id: run.id,
    name: wireExperiment(run, stands, '').name,
    tags: tagsOf(byRun.get(run.id)!),
  }));
}

/** Numbers stand in their series' row; of anything else the last step is read. */
async function lastValue({ tracked }: Ports, series: TrackedSeries): Promise<unknown> {
  if (series.lastX === null) return null;
  if (series.kind === 'number') return series.lastValue === null ? null : freeNumber(series.lastValue);
  const objects = await tracked.objects.read(series.id, { fromX: series.lastX });
  return objects.map((object) => dataOf(series.kind, object));
}
