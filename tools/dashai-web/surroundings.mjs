import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runnerImport } from 'vite';

import { root } from '../run.mjs';

const PLUGIN = 'millrace-plugin-max-error';

/** The tests' own TypeScript, loaded as it stands. */
const fromTests = async (path) => (await runnerImport(join(root, 'test', path), { root, configFile: false })).module;

/**
 * What an operator puts around a Millrace whose every page is to be clicked: a registry with the example plugin, and a folder with the
 * weights of a language model, made by us. The engine that reads them is downloaded by the story that asks for it.
 */
export async function surroundings() {
  const [{ fakeRegistry, folderFiles, packed }, { tinyGguf }, { MODEL }] = await Promise.all(
    ['e2e/plugin-registry.ts', 'generative/tiny-gguf.ts', 'generative/talk.ts'].map(fromTests),
  );
  const registry = await fakeRegistry();
  registry.publish(PLUGIN, '1.0.0', packed(folderFiles(join(root, 'examples', PLUGIN))));
  const models = await mkdtemp(join(tmpdir(), 'millrace-dashai-web-models-'));
  await writeFile(join(models, `${MODEL}.gguf`), tinyGguf());
  return {
    variables: { MILLRACE_MODELS: models, MILLRACE_PLUGINS: 'on', MILLRACE_PLUGIN_REGISTRY: registry.url },
    close: async () => {
      await registry.close();
      await rm(models, { recursive: true });
    },
  };
}
