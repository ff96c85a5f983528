import { AppError, type WirePlugin } from '#contract';
import { PluginEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { wireDate } from '../rows.js';

/** A plugin as the wire has it; where its package lies stays inside. */
export function wirePlugin(row: PluginEntity): WirePlugin {
  return {
    id: row.id,
    created: wireDate(row.created),
    last_modified: wireDate(row.last_modified),
    name: row.name,
    author: row.author,
    verified: row.verified,
    installed_version: row.installed_version,
    lastest_version: row.lastest_version,
    status: row.status,
    summary: row.summary,
    description: row.description,
    description_content_type: row.description_content_type,
    tags: (row.tags ?? []).map(({ id, plugin_id, name }) => ({ id, plugin_id, name })),
  };
}

/** One plugin with its tags. @throws AppError `plugin-not-found`. */
export async function getPlugin({ db }: Ports, id: number): Promise<WirePlugin> {
  const row = await db.manager.findOne(PluginEntity, { where: { id }, relations: { tags: true } });
  if (!row) throw new AppError('plugin-not-found', { id });
  return wirePlugin(row);
}
