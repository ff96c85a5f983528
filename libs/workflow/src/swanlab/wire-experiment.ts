import type { SwanListedExperiment, SwanOwningExperiment, SwanPlainExperiment, SwanProject } from '#contract';
import type { TrackedRun, Unfolded } from '#tracking';

import { colourAt, swanDate, swanStatus } from './swanlab-words.js';

/** What the importer keeps of an experiment that no other client knows, in the run's metadata. */
export interface SwanLabTrace {
  readonly light?: string;
  readonly dark?: string;
  readonly version?: string;
  /** Descriptions and order of the configuration. */
  readonly config?: Readonly<Record<string, { readonly desc?: string; readonly sort?: number }>>;
  readonly requirements?: readonly string[];
  /** Lines of `error.log`. */
  readonly error?: readonly string[];
}

/** That of a run; anybody may have written its metadata, so every part is looked at. */
export function traceOf({ metadata }: TrackedRun): SwanLabTrace {
  const trace: unknown = metadata?.['swanlab'];
  return typeof trace === 'object' && trace !== null ? trace : {};
}

/** Where a run stands among those of its project. */
export interface Standing {
  readonly place: number;
  /** Earlier runs of its name: names are keys here, so the later ones say which they are. */
  readonly namesakes: number;
}

const textOr = (given: unknown, otherwise: string): string => (typeof given === 'string' ? given : otherwise);

/** The fields every form of an experiment has. */
export function wireExperiment(
  run: TrackedRun,
  { place, namesakes }: Standing,
  version: string,
): Omit<SwanPlainExperiment, 'project_id'> {
  return {
    id: run.id,
    run_id: run.extId,
    name: namesakes === 0 ? run.name : `${run.name}-${run.id}`,
    description: run.description,
    sort: place,
    status: swanStatus(run.status),
    show: run.archived ? 0 : 1,
    more: '',
    version: textOr(traceOf(run).version, version),
    create_time: swanDate(run.startedAt),
    finish_time: run.endedAt === null ? null : swanDate(run.endedAt),
    update_time: swanDate(run.lastModified),
  };
}

/** Its colours, and whether its pinned and hidden charts are unfolded. */
export function coloursOf(
  run: TrackedRun,
  { place }: Standing,
  unfolded: Unfolded = { pinnedOpened: 1, hiddenOpened: 0 },
) {
  const { light, dark } = traceOf(run);
  return {
    light: textOr(light, colourAt(place)),
    dark: textOr(dark, colourAt(place)),
    pinned_opened: unfolded.pinnedOpened,
    hidden_opened: unfolded.hiddenOpened,
  };
}

/** The parameters in SwanLab's wrapping, in the order they were written down. */
export function configOf(run: TrackedRun): SwanListedExperiment['config'] {
  const described = traceOf(run).config ?? {};
  return Object.fromEntries(
    Object.entries(run.params).map(([key, value], place) => {
      const { desc, sort } = Object.hasOwn(described, key) ? described[key]! : {};
      return [key, { value, desc: textOr(desc, ''), sort: typeof sort === 'number' ? sort : place }];
    }),
  );
}

/** An experiment as the owner of charts and groups. */
export const wireOwner = (
  run: TrackedRun,
  standing: Standing,
  unfolded: Unfolded,
  project: SwanProject,
): SwanOwningExperiment => ({
  ...wireExperiment(run, standing, project.version),
  ...coloursOf(run, standing, unfolded),
  project_id: project,
});
