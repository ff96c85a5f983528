import { AppError } from '#contract';
import { manifestOf } from '#components';

import type { Task } from '../host.js';
import { loadPlugin } from './load-plugin.js';

/** Loads a plugin's package and says what it brings. The child that did this runs nothing else afterwards. */
export const inspectPlugin: Task<'inspect-plugin'> = async (plugin, { storage, pluginFolder }) => {
  if (pluginFolder === undefined) throw new AppError('plugins-disabled');
  const { components, ...about } = await loadPlugin(plugin, storage, pluginFolder);
  return { ...about, manifests: components.map(manifestOf) };
};
