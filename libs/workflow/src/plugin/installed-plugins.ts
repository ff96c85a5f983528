import type { DataSource } from 'typeorm';

import { AppError, type Compute, PLUGIN_STATUS, type PluginPackage } from '#contract';
import { PluginEntity } from '#persistence';

import type { Ports } from '../ports.js';

/** The packages a compute child must load before it works; none where plugins are turned off. */
export async function installedPlugins({ db, config }: Pick<Ports, 'db' | 'config'>): Promise<PluginPackage[]> {
  if (!config.pluginsEnabled) return [];
  const where = { status: PLUGIN_STATUS.installed };
  const rows = await db.manager.find(PluginEntity, { where, order: { id: 'ASC' } });
  return rows.flatMap(({ name, installed_version: version, package_key: packageKey, integrity }) =>
    version === null || packageKey === null || integrity === null ? [] : [{ name, version, packageKey, integrity }],
  );
}

/** A compute door that names the plugin when a component is missing because its plugin was taken out. */
export function namingRemovedPlugins(db: DataSource, compute: Compute): Compute {
  return {
    run: async (name, input, events, signal) => {
      try {
        return await compute.run(name, input, events, signal);
      } catch (error) {
        throw (await removedPlugin(db, error)) ?? error;
      }
    },
  };
}

async function removedPlugin(db: DataSource, error: unknown): Promise<AppError | undefined> {
  if (!(error instanceof AppError) || error.code !== 'component-not-found') return undefined;
  const name = String(error.values['name']);
  const [plugin] = await db.query<{ name: string }[]>(
    `SELECT name FROM plugin WHERE component_names @> jsonb_build_array($1::text) ORDER BY id LIMIT 1`,
    [name],
  );
  return plugin && new AppError('component-of-removed-plugin', { name, plugin: plugin.name });
}
