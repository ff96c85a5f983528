import type { EntityManager } from 'typeorm';

import { AppError, PLUGIN_STATUS, type PluginStatus, type WirePlugin } from '#contract';
import { ComponentEntity, PluginEntity } from '#persistence';

import { SYNC_LOCK } from '../component/sync-components.js';
import { askWorker } from '../job/ask-worker.js';
import type { Ports } from '../ports.js';
import { lockedRow, rowById } from '../rows.js';
import { getPlugin } from './wire-plugin.js';

/** Download, unpacking and a first run of the plugin's code. */
const TIMEOUT_MS = 90_000;

/**
 * Brings a plugin into a state: 2 installs its newest version, 1 takes it out, 99 takes it out and marks it as broken. A plugin that
 * is there already stays as it is.
 * @throws AppError `plugin-not-found`, `plugins-disabled`, `plugin-registry-failed`, `plugin-package-wrong`, `plugin-invalid`,
 * `plugin-clash`, `unavailable` when no worker answers in time; then everything is as before.
 */
export async function changePlugin(
  ports: Ports,
  id: number,
  wanted: PluginStatus,
  requestId: string,
): Promise<WirePlugin> {
  const { status } = await rowById(ports.db.manager, PluginEntity, id, 'plugin-not-found');
  if (wanted !== PLUGIN_STATUS.installed) await takeOut(ports, id, wanted);
  else if (status !== PLUGIN_STATUS.installed) return upgradePlugin(ports, id, requestId);
  return getPlugin(ports, id);
}

/** Installs the newest version of a plugin, in place of the one there is. @throws AppError as {@link changePlugin}. */
export async function upgradePlugin(ports: Ports, id: number, requestId: string): Promise<WirePlugin> {
  await rowById(ports.db.manager, PluginEntity, id, 'plugin-not-found');
  if (!ports.config.pluginsEnabled) throw new AppError('plugins-disabled');
  await askWorker(ports, { type: 'PluginJob', kwargs: { plugin_id: id }, requestId }, TIMEOUT_MS);
  return getPlugin(ports, id);
}

/** Forgets a plugin and what it brought. @throws AppError `plugin-not-found`. */
export async function removePlugin(ports: Ports, id: number): Promise<null> {
  await takeOut(ports, id, PLUGIN_STATUS.registered, (tx) => tx.delete(PluginEntity, id));
  return null;
}

/** Its components leave the table first, then its package; children that loaded it are replaced before their next task. */
async function takeOut(
  ports: Ports,
  id: number,
  status: PluginStatus,
  after: (tx: EntityManager) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const key = await ports.db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [SYNC_LOCK]);
    const row = await lockedRow(tx, { entity: PluginEntity, id, missing: 'plugin-not-found' });
    await tx.delete(ComponentEntity, { plugin_id: id });
    await tx.update(PluginEntity, id, { status, installed_version: null, package_key: null, integrity: null });
    await after(tx);
    await tx.query(`SELECT pg_notify('millrace_component', '')`);
    return row.package_key;
  });
  if (key !== null) await ports.storage.remove(key);
}
