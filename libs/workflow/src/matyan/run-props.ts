import type { MatyanProps } from '#contract';
import type { TrackedGroup, TrackedRun, TrackedTag } from '#tracking';

import type { Ports } from '../ports.js';

/** Seconds since 1970, as Python counts them. */
export const epochSeconds = (date: Date): number => date.getTime() / 1000;

/** Whether a client may still write to it. */
export const isActive = ({ status }: TrackedRun): boolean => status === 'running' || status === 'queued';

/** When it ended; of a lost run, when it was last heard of. */
export function endSeconds(run: TrackedRun): number | null {
  if (isActive(run)) return null;
  return epochSeconds(run.endedAt ?? run.lastSeen);
}

/** Properties of runs of one project by id, with three statements however many there are. */
export async function runProps(
  { tracked }: Pick<Ports, 'tracked'>,
  runs: readonly TrackedRun[],
): Promise<Map<number, MatyanProps>> {
  const projectId = runs[0]?.projectId;
  if (projectId === undefined) return new Map();
  const groupIds = [...new Set(runs.flatMap(({ groupId }) => groupId ?? []))];
  const [tags, groups] = await Promise.all([
    tracked.tags.ofRuns(runs.map(({ id }) => id)),
    groupIds.length > 0 ? tracked.groups.list(projectId, { ids: groupIds }) : [],
  ]);
  const byId = new Map(groups.map((group) => [group.id, group]));
  return new Map(runs.map((run) => [run.id, props(run, tags.get(run.id) ?? [], byId.get(run.groupId ?? ''))]));
}

function props(run: TrackedRun, tags: readonly TrackedTag[], group: TrackedGroup | undefined): MatyanProps {
  return {
    name: run.name,
    description: run.description ?? '',
    experiment: {
      id: group?.id ?? null,
      name: group?.name ?? null,
      description: group ? (group.description ?? '') : null,
    },
    tags: tags.map(({ id, name, color, description }) => ({ id, name, color, description })),
    creation_time: epochSeconds(run.startedAt),
    end_time: endSeconds(run),
    archived: run.archived,
    active: isActive(run),
  };
}
