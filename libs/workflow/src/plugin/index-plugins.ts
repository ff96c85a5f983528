import { COMPONENT_TYPES, type WirePlugin } from '#contract';

import type { Ports } from '../ports.js';
import { listPlugins } from './list-plugins.js';
import { registerPlugins } from './register-plugins.js';
import { searchPlugins } from './registry-client.js';

/**
 * Asks the registry which plugins there are and answers all that are known. Where plugins are turned off nothing is asked: nobody
 * outside need hear of a server that would not install them.
 * @throws AppError `plugin-registry-failed`, and then nothing changed.
 */
export async function indexPlugins(ports: Ports): Promise<WirePlugin[]> {
  if (ports.config.pluginsEnabled) {
    const found = await searchPlugins(ports.config);
    const plugins = found.map(({ name, version, summary, author, keywords }) => ({
      name,
      author,
      summary,
      description: summary,
      description_content_type: 'text/markdown',
      lastest_version: version,
      tags: typesIn(keywords).map((type) => ({ name: type })),
    }));
    await registerPlugins(ports, plugins);
  }
  return listPlugins(ports);
}

/** Types of components among a package's keywords: `metric`, `global-explainer` or as the type itself is spelt. */
function typesIn(keywords: readonly string[]): string[] {
  const plain = new Set(keywords.map((word) => word.replaceAll('-', '').toLowerCase()));
  return COMPONENT_TYPES.filter((type) => plain.has(type.toLowerCase()));
}
