import type { Logger } from '#config';
import type { PluginPackage } from '#contract';
import { extendRegistry } from '#components';
import type { TaskStorage } from '#storage';

import { type LoadedPlugin, loadPlugin } from './load-plugin.js';

/** Where a child unpacks plugins and what it tells of them. */
interface Place {
  readonly storage: TaskStorage;
  readonly folder: string;
  readonly log: Logger;
}

/**
 * The plugins of one compute child. `use` loads those it does not have yet and makes their components known; a child only ever gets
 * more of them, since code that ran cannot be taken back. One that fails is left out: what needs its components says so.
 */
export function pluginSet({ storage, folder, log }: Place): { use(wanted: readonly PluginPackage[]): Promise<void> } {
  const loaded = new Map<string, LoadedPlugin | null>();
  return {
    use: async (wanted) => {
      const fresh = wanted.filter(({ packageKey }) => !loaded.has(packageKey));
      if (fresh.length === 0) return;
      for (const plugin of fresh) {
        const result = await loadPlugin(plugin, storage, folder).catch((error: unknown) => {
          log.error({ plugin: plugin.name, version: plugin.version, error: String(error) }, 'plugin not loaded');
          return null;
        });
        loaded.set(plugin.packageKey, result);
      }
      const clashing = extendRegistry(wanted.flatMap(({ packageKey }) => loaded.get(packageKey)?.components ?? []));
      if (clashing.length > 0) log.error({ names: clashing }, 'components of plugins have names that are taken');
    },
  };
}
