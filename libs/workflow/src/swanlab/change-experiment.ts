import { VERSION } from '#config';
import { AppError } from '#contract';

import type { Ports } from '../ports.js';
import { success } from './swan-answer.js';
import { experimentAt, type SwanLabAt } from './swanlab-scope.js';
import { swanStatus } from './swanlab-words.js';
import { wireExperiment } from './wire-experiment.js';
import { wireProject } from './wire-project.js';

/** Changes name and description. @throws AppError `tracked-run-not-found`. */
export async function changeSwanExperiment(
  ports: Ports,
  at: SwanLabAt,
  id: number,
  given: { name: string; description?: string | null | undefined },
) {
  const { run } = await experimentAt(ports, at, id);
  const kept = given.description === undefined ? {} : { description: given.description };
  const { name, description } = await ports.tracked.runs.change(run.id, { name: given.name, ...kept });
  return success({ name, description });
}

/** Shows it in comparisons, or leaves it out: what others call archived. @throws AppError `tracked-run-not-found`. */
export async function showSwanExperiment(ports: Ports, at: SwanLabAt, id: number, show: boolean) {
  const { run, project } = await experimentAt(ports, at, id);
  const [changed, standing, project_id] = await Promise.all([
    ports.tracked.runs.change(run.id, { archived: !show }),
    ports.tracked.charts.placeOf(run.id),
    wireProject(ports, project),
  ]);
  return success({ experiment: { ...wireExperiment(changed, standing, VERSION), project_id } });
}

/** Deletes it. @throws AppError `tracked-run-not-found`, `tracked-run-busy` while it runs. */
export async function removeSwanExperiment(ports: Ports, at: SwanLabAt, id: number) {
  const { run } = await experimentAt(ports, at, id);
  if (swanStatus(run.status) === 0) throw new AppError('tracked-run-busy');
  await ports.tracked.runs.remove([run.id]);
  return success({ experiment_id: run.id });
}
