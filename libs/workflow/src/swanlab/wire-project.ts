import { VERSION } from '#config';
import type { SwanProject } from '#contract';
import type { TrackedProject } from '#tracking';

import type { Ports } from '../ports.js';
import { swanDate } from './swanlab-words.js';

/** A project with its count of experiments. */
export async function wireProject({ tracked }: Ports, project: TrackedProject): Promise<SwanProject> {
  const [{ total }, unfolded] = await Promise.all([
    tracked.runs.list({ projectId: project.id, limit: 0 }),
    tracked.charts.unfolded({ projectId: project.id }),
  ]);
  return {
    id: project.id,
    name: project.name,
    description: project.description,
    sum: total,
    charts: total > 0 ? 1 : 0,
    more: '',
    pinned_opened: unfolded.pinnedOpened,
    hidden_opened: unfolded.hiddenOpened,
    version: VERSION,
    create_time: swanDate(project.created),
    update_time: swanDate(project.lastModified),
  };
}
