import type { Ports } from '../../ports.js';
import { matyanProject } from '../matyan-project.js';
import type { RunWriter } from './apply-message.js';

/** A socket that stays open says that its run's client lives, also while it logs nothing; a run that ended stays as it is. */
export async function sayAlive(ports: Ports, writer: RunWriter): Promise<void> {
  const projectId = (writer.projectId ??= await matyanProject(ports, writer.caller));
  const run = await ports.tracked.runs.find(projectId, writer.hash);
  if (run?.source !== 'matyan' || (run.status !== 'running' && run.status !== 'lost')) return;
  await ports.tracked.runs.touch(run.id);
}
