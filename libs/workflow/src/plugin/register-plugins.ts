import { type EntityManager, In } from 'typeorm';

import type { NewPlugin, WirePlugin } from '#contract';
import { PluginEntity, PluginTagEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { wirePlugin } from './wire-plugin.js';

/** Makes rows of these plugins, or changes those of the same name; what is installed stays as it is. All or none. */
export async function registerPlugins({ db }: Ports, given: readonly NewPlugin[]): Promise<WirePlugin[]> {
  const plugins = [...new Map(given.map((plugin) => [plugin.name, plugin])).values()];
  const names = plugins.map(({ name }) => name);
  return db.transaction(async (tx) => {
    for (const { tags, lastest_version: latest, ...columns } of plugins) {
      const row = { ...columns, ...(latest == null ? {} : { lastest_version: latest }) };
      await tx.upsert(PluginEntity, row, { conflictPaths: ['name'], skipUpdateIfNoValuesChanged: true });
      const { id } = await tx.findOneByOrFail(PluginEntity, { name: columns.name });
      if (tags.length > 0)
        await setTags(
          tx,
          id,
          tags.map(({ name }) => name),
        );
    }
    const rows = await tx.find(PluginEntity, { where: { name: In(names) }, relations: { tags: true } });
    return rows.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name)).map(wirePlugin);
  });
}

/** Gives a plugin exactly these tags; those it has keep their ids. */
export async function setTags(tx: EntityManager, pluginId: number, wanted: readonly string[]): Promise<void> {
  const present = await tx.findBy(PluginTagEntity, { plugin_id: pluginId });
  const names = new Set(wanted);
  const gone = present.filter(({ name }) => !names.has(name)).map(({ id }) => id);
  if (gone.length > 0) await tx.delete(PluginTagEntity, { id: In(gone) });
  for (const { name } of present) names.delete(name);
  await tx.insert(
    PluginTagEntity,
    [...names].map((name) => ({ plugin_id: pluginId, name })),
  );
}
