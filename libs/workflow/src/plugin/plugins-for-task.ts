import type { DataSource } from 'typeorm';

import { AppError, type Compute, PLUGIN_STATUS, type PluginPackage, type TaskName, taskTraits } from '#contract';
import { PluginEntity } from '#persistence';

import type { Ports } from '../ports.js';

/**
 * A compute door that gives each task the plugins whose components it names, and no others: a task that needs none never meets code
 * of a plugin. It also names the plugin when a component is missing because its plugin was taken out.
 */
export function withPlugins(
  ports: Pick<Ports, 'db' | 'config'>,
  open: (plugins: readonly PluginPackage[]) => Compute,
): Compute {
  return {
    run: async (name, input, events, signal) => {
      try {
        return await open(await pluginsForTask(ports, name, input)).run(name, input, events, signal);
      } catch (error) {
        throw (await removedPlugin(ports.db, error)) ?? error;
      }
    },
  };
}

/** The packages a compute child must load before this task; none where plugins are turned off. */
async function pluginsForTask(
  { db, config }: Pick<Ports, 'db' | 'config'>,
  task: TaskName,
  input: unknown,
): Promise<PluginPackage[]> {
  const { code, data } = taskTraits[task];
  if (!config.pluginsEnabled || code !== 'named') return [];
  const where = { status: PLUGIN_STATUS.installed };
  const installed = await db.manager.find(PluginEntity, { where, order: { id: 'ASC' } });
  if (installed.length === 0) return [];
  const named = new Set<string>();
  collectNames(input, data, named);
  collectNames(await modelOf(db, input), [], named);
  return installed.flatMap(
    ({ name, installed_version: version, package_key: packageKey, integrity, component_names }) =>
      version === null || packageKey === null || integrity === null || !component_names.some((own) => named.has(own))
        ? []
        : [{ name, version, packageKey, integrity }],
  );
}

/** A fitted run is named by the key of its state; what runs is its model, with what that was made of. */
async function modelOf(db: DataSource, input: unknown): Promise<unknown> {
  const key = (input as { readonly stateKey?: unknown }).stateKey;
  return typeof key === 'string' ? db.query(`SELECT model_name, parameters FROM run WHERE run_path = $1`, [key]) : [];
}

/** Every text in the input that may be the name of a component, however deep, but in its parts that are data. */
function collectNames(value: unknown, data: readonly string[], names: Set<string>): void {
  if (typeof value === 'string') names.add(value);
  // Without a pair for each: there may be millions of row numbers.
  else if (Array.isArray(value)) for (const inner of value) collectNames(inner, data, names);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) if (!data.includes(key)) collectNames(inner, data, names);
}

async function removedPlugin(db: DataSource, error: unknown): Promise<AppError | undefined> {
  if (!(error instanceof AppError) || error.code !== 'component-not-found') return undefined;
  const { name } = error.values;
  if (typeof name !== 'string') return undefined;
  const [plugin] = await db.query<{ name: string }[]>(
    `SELECT name FROM plugin WHERE component_names @> jsonb_build_array($1::text) ORDER BY id LIMIT 1`,
    [name],
  );
  return plugin && new AppError('component-of-removed-plugin', { name, plugin: plugin.name });
}
