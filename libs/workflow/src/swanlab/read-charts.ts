import type { SwanNamespace, SwanOwnedChart, SwanOwningExperiment, SwanProject } from '#contract';
import type { ChartBoard, TrackedChart, TrackedChartGroup, TrackedProject, TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';
import { comparedRuns } from './read-summaries.js';
import { success } from './swan-answer.js';
import { without } from '../rows.js';
import { experimentAt, projectAt, type SwanLabAt } from './swanlab-scope.js';
import { swanDate } from './swanlab-words.js';
import { type Tag, tagsOf } from './tags-of.js';
import { wireOwner } from './wire-experiment.js';
import { wireProject } from './wire-project.js';

/** Charts with their owner, and the groups they stand in. */
export interface Board {
  readonly charts: SwanOwnedChart[];
  readonly namespaces: SwanNamespace[];
}
interface Owner {
  readonly experiment_id: SwanOwningExperiment | null;
  readonly project_id: SwanProject | null;
}
/** What a chart shows: names with the experiments they lead to, and why some cannot be shown. */
type Sources = Pick<SwanOwnedChart, 'source' | 'source_map' | 'error' | 'multi'>;

/** Charts and groups of one run, without their owner. @throws AppError `tracked-run-not-found`. */
export async function readSwanCharts(ports: Ports, at: SwanLabAt, id: number) {
  const { run, project } = await experimentAt(ports, at, id);
  return success(withoutOwner(await runBoard(ports, run, project)));
}

/** Charts across the runs of a project. @throws AppError `tracked-project-not-found`. */
export async function readSwanProjectCharts(ports: Ports, at: SwanLabAt) {
  return success(await projectBoard(ports, await projectAt(ports, at)));
}

/** As the routes of one experiment have it. */
export const withoutOwner = ({ charts, namespaces }: Board) => ({
  charts: charts.map((chart) => without(chart, 'experiment_id')),
  namespaces,
});

/** Every tag of a run has a chart, made when it is first asked for. */
export async function runBoard(ports: Ports, run: TrackedRun, project: TrackedProject): Promise<Board> {
  const [wire, standing, series] = await Promise.all([
    wireProject(ports, project),
    ports.tracked.charts.placeOf(run.id),
    ports.tracked.series.list([run.id]),
  ]);
  const tags = new Map(tagsOf(series).map((tag) => [tag.name, tag]));
  const wanted = [...tags.values()].map(({ name, group, type: kind }) => ({ name, group, kind, system: 1 }));
  const board = await ports.tracked.charts.open({ runId: run.id }, wanted);
  const owner = { experiment_id: wireOwner(run, standing, board, wire), project_id: null };
  return wireBoard(board, owner, (chart) => {
    const tag = tags.get(chart.name);
    if (tag === undefined) return undefined;
    const error = chart.errors.get(tag.series.id);
    return {
      source: [tag.name],
      source_map: Object.fromEntries([[tag.name, run.id]]),
      error: error === undefined ? {} : Object.fromEntries([[tag.name, error]]),
      multi: false,
    };
  });
}

/** One chart for every tag any run has; its sources are runs. A run whose tag is of another type is left out. */
export async function projectBoard(ports: Ports, project: TrackedProject): Promise<Board> {
  const [wire, runs] = await Promise.all([wireProject(ports, project), comparedRuns(ports, project.id)]);
  const byName = new Map<string, { tag: Tag; runs: { id: number; name: string }[] }>();
  for (const { id, name, tags } of runs) {
    for (const tag of tags) {
      // As the original: texts are not compared.
      if (tag.type === 'text') continue;
      const known = byName.get(tag.name);
      if (known === undefined) byName.set(tag.name, { tag, runs: [{ id, name }] });
      else if (known.tag.type === tag.type) known.runs.push({ id, name });
    }
  }
  const wanted = [...byName.values()].map(({ tag: { name, group, type: kind } }) => ({ name, group, kind, system: 0 }));
  const board = await ports.tracked.charts.open({ projectId: project.id }, wanted);
  return wireBoard(board, { experiment_id: null, project_id: wire }, ({ name }) => {
    const found = byName.get(name);
    return (
      found && {
        source: found.runs.map((run) => run.name),
        source_map: Object.fromEntries(found.runs.map((run) => [run.name, run.id])),
        error: {},
        multi: true,
      }
    );
  });
}

function wireBoard(board: ChartBoard, owner: Owner, sourcesOf: (chart: TrackedChart) => Sources | undefined): Board {
  const shown = board.charts.flatMap((chart) => {
    const sources = sourcesOf(chart);
    return sources === undefined ? [] : [{ chart, wire: wireChart(chart, owner, sources) }];
  });
  const idsOf = (keep: (chart: TrackedChart) => boolean): number[] =>
    shown.filter(({ chart }) => keep(chart)).map(({ chart }) => chart.id);
  const apart = (status: 1 | -1): number[] =>
    shown
      .filter(({ chart }) => chart.status === status)
      .sort((a, b) => a.chart.sort - b.chart.sort)
      .map(({ chart }) => chart.id);
  const namespaces: SwanNamespace[] = [
    { id: -1, name: 'pinned', opened: board.pinnedOpened, ...owner, charts: apart(1) },
    ...board.groups.map((group) => ({
      ...wireGroup(group, owner),
      charts: idsOf(({ groupId, status }) => groupId === group.id && status === 0),
    })),
    { id: -2, name: 'hidden', opened: board.hiddenOpened, ...owner, charts: apart(-1) },
  ];
  return { charts: shown.map(({ wire }) => wire), namespaces: namespaces.filter(({ charts }) => charts.length > 0) };
}

const wireChart = (chart: TrackedChart, owner: Owner, sources: Sources): SwanOwnedChart => ({
  id: chart.id,
  ...owner,
  name: chart.name,
  description: chart.description,
  system: chart.system,
  type: chart.kind,
  reference: 'step',
  status: chart.status,
  sort: chart.status === 0 ? null : chart.sort,
  config: null,
  more: null,
  create_time: swanDate(chart.created),
  update_time: swanDate(chart.lastModified),
  ...sources,
});

const wireGroup = (group: TrackedChartGroup, owner: Owner): Omit<SwanNamespace, 'charts'> => ({
  id: group.id,
  ...owner,
  name: group.name,
  description: group.description,
  sort: group.sort,
  opened: group.opened,
  more: null,
  create_time: swanDate(group.created),
  update_time: swanDate(group.lastModified),
});
