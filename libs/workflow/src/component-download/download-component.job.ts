import { AppError } from '#contract';
import { jobName } from '#i18n';
import { ComponentEntity } from '#persistence';

import { requiresDownload } from '../component/download-state.js';
import type { JobHandler } from '../job/job-handler.js';
import { bringWeights } from './bring-weights.js';
import { installEngine } from './install-engine.js';

/** The engine's part of the progress bar. */
const ENGINE_SHARE = 0.05;

/** Brings what a component needs before it can be used: the engine that runs it, if it is not there, and its weights. */
export const downloadComponent: JobHandler<'ComponentDownloadJob'> = {
  type: 'ComponentDownloadJob',
  entity: () => null,

  async deliver(tx, { component_name: name }) {
    // One at a time asks whether somebody is at it.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext($1))`, [`download ${name}`]);
    const component = await tx.findOneBy(ComponentEntity, { name });
    if (component === null) throw new AppError('component-not-found', { name });
    if (!requiresDownload(component.manifest)) throw new AppError('component-not-downloadable', { name });
    const [live] = await tx.query<{ id: string }[]>(
      `SELECT id FROM job WHERE type = 'ComponentDownloadJob' AND state IN ('not_started', 'started') AND kwargs->>'component_name' = $1`,
      [name],
    );
    if (live !== undefined) throw new AppError('component-downloading', { name, id: live.id });
    return jobName('ComponentDownloadJob', component.manifest.displayName.en);
  },

  async run({ ports, kwargs, signal, progress, commit, log }) {
    const manifest = ports.catalogue.get(kwargs.component_name, 'GenerativeModel', 'component-not-found');
    progress(0, 'installing-engine');
    await installEngine(ports, log, signal);
    progress(ENGINE_SHARE, 'downloading-weights');
    const onProgress = (share: number): void =>
      progress(ENGINE_SHARE + (1 - ENGINE_SHARE) * share, 'downloading-weights');
    await bringWeights(ports, manifest, { signal, onProgress });
    await commit();
  },
};
