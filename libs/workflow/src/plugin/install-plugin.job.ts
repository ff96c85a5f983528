import { type EntityManager, In } from 'typeorm';

import { AppError, PLUGIN_STATUS, type PluginPackage, type TaskOutput } from '#contract';
import { ComponentEntity, PluginEntity } from '#persistence';
import { pluginKey } from '#storage';

import { SYNC_LOCK } from '../component/sync-components.js';
import type { Job, JobHandler } from '../job/job-handler.js';
import { lockedRow, rowById } from '../rows.js';
import { setTags } from './register-plugins.js';
import { downloadPackage, newestVersion, PACKAGE_BYTES } from './registry-client.js';

/** Behind everything Millrace comes with. */
const FIRST_POSITION = 100_000;

const keyOf = (job: Pick<Job, 'id' | 'attempt'>): string => pluginKey(`${job.id}-${job.attempt}`);

/**
 * Installs the newest version of a plugin: the package into storage, a look at what it brings in a compute child, then all rows in one
 * transaction. Until that is through the version before is in force, and when it fails nothing is left.
 */
export const installPlugin: JobHandler<'PluginJob'> = {
  type: 'PluginJob',
  entity: () => null,

  async deliver(tx, { plugin_id: id }) {
    const { name } = await rowById(tx, PluginEntity, id, 'plugin-not-found');
    return `Plugin: ${name}`;
  },

  outputs: (job) => [keyOf(job)],

  async run({ ports, job, kwargs, compute, signal, commit }) {
    const { db, config, storage } = ports;
    // The setting may differ between machines; this is the one that would run the code.
    if (!config.pluginsEnabled) throw new AppError('plugins-disabled');
    const before = await rowById(db.manager, PluginEntity, kwargs.plugin_id, 'plugin-not-found');
    const newest = await newestVersion(config, before.name);
    if (before.status === PLUGIN_STATUS.installed && before.integrity === newest.integrity) {
      await commit(async (tx) => {
        await tx.update(PluginEntity, before.id, { lastest_version: newest.version });
      });
      return;
    }
    const { version, integrity } = newest;
    const plugin = { name: before.name, version, packageKey: keyOf(job), integrity };
    await storage.write(plugin.packageKey, await downloadPackage(newest, signal), PACKAGE_BYTES);
    const silent = { progress: () => undefined, metrics: () => undefined };
    const found = await compute.run('inspect-plugin', plugin, silent, signal);
    const replaced: string[] = [];
    await commit(async (tx) => {
      replaced.push(...(await putIn(tx, before.id, plugin, found)));
    });
    for (const key of replaced) await storage.remove(key);
  },
};

/** Writes the rows of an installation; answers the key of the package it replaces. @throws AppError `plugin-clash`, `plugin-not-found`. */
async function putIn(
  tx: EntityManager,
  id: number,
  { name, version, packageKey, integrity }: PluginPackage,
  { manifests, author, summary, description }: TaskOutput<'inspect-plugin'>,
): Promise<string[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SYNC_LOCK]);
  const row = await lockedRow(tx, { entity: PluginEntity, id, missing: 'plugin-not-found' });
  const names = manifests.map((manifest) => manifest.name);
  const rivals = await tx.findBy(ComponentEntity, { name: In(names) });
  const taken = rivals.filter(({ plugin_id: owner }) => owner !== id).map((rival) => rival.name);
  if (taken.length > 0) throw new AppError('plugin-clash', { plugin: name, names: taken.join(', ') });
  await tx.delete(ComponentEntity, { plugin_id: id });
  await tx.insert(
    ComponentEntity,
    manifests.map((manifest, place) => ({
      name: manifest.name,
      position: FIRST_POSITION + place,
      // TypeORM's type for inserted JSON is not that of the column.
      manifest: manifest as never,
      plugin_id: id,
    })),
  );
  await tx.update(PluginEntity, id, {
    status: PLUGIN_STATUS.installed,
    installed_version: version,
    lastest_version: version,
    package_key: packageKey,
    integrity,
    component_names: names,
    ...(author === '' ? {} : { author }),
    ...(summary === '' ? {} : { summary }),
    ...(description === '' ? {} : { description }),
  });
  await setTags(tx, id, [...new Set(manifests.map(({ type }) => type))]);
  await tx.query(`SELECT pg_notify('millrace_component', '')`);
  return row.package_key === null ? [] : [row.package_key];
}
