import type { SwanListedExperiment } from '#contract';
import type { TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';
import { success } from './swan-answer.js';
import { projectAt, type SwanLabAt } from './swanlab-scope.js';
import { COLOURS } from './swanlab-words.js';
import { coloursOf, configOf, type Standing, wireExperiment } from './wire-experiment.js';
import { wireProject } from './wire-project.js';

/** Experiments of one answer; more than anybody looks through. */
const MAX_EXPERIMENTS = 10_000;

/** A project with its experiments. @throws AppError `tracked-project-not-found`. */
export async function readSwanProject(ports: Ports, at: SwanLabAt) {
  const project = await projectAt(ports, at);
  const [wire, standings] = await Promise.all([
    wireProject(ports, project),
    standingRuns(ports, project.id, MAX_EXPERIMENTS),
  ]);
  const unfolded = await ports.tracked.charts.unfoldedRuns(standings.map(({ run }) => run.id));
  const experiments = standings.map(({ run, ...standing }): SwanListedExperiment => ({
    ...wireExperiment(run, standing, wire.version),
    ...coloursOf(run, standing, unfolded.get(run.id)),
    experiment_id: run.id,
    config: configOf(run),
  }));
  const logdir = `${project.namespace}/${project.slug}`;
  return success({ ...wire, logdir, experiments, colors: { light: [...COLOURS], dark: [...COLOURS] } });
}

/** The newest runs of a project, the first one first, each with its place and its namesakes. */
export async function standingRuns(
  { tracked }: Ports,
  projectId: number,
  limit: number,
): Promise<(Standing & { readonly run: TrackedRun })[]> {
  const { runs, total } = await tracked.runs.list({ projectId, limit });
  const seen = new Map<string, number>();
  return runs.reverse().map((run, index) => {
    const namesakes = seen.get(run.name) ?? 0;
    seen.set(run.name, namesakes + 1);
    return { run, place: total - runs.length + index + 1, namesakes };
  });
}
