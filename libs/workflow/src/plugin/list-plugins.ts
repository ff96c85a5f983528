import type { PluginStatus, WirePlugin } from '#contract';
import { PluginEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { wirePlugin } from './wire-plugin.js';

/** Plugins by name; those with any of the tags, in one state. */
export async function listPlugins(
  { db }: Ports,
  {
    tags,
    plugin_status: status,
  }: { tags?: readonly string[] | undefined; plugin_status?: PluginStatus | undefined } = {},
): Promise<WirePlugin[]> {
  const where = status === undefined ? {} : { status };
  const rows = await db.manager.find(PluginEntity, { where, order: { name: 'ASC' }, relations: { tags: true } });
  return rows.map(wirePlugin).filter((plugin) => !tags || plugin.tags.some(({ name }) => tags.includes(name)));
}
