import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { z } from 'zod';

import { AppError, type PluginPackage } from '#contract';
import type { Component } from '#components';
import type { TaskStorage } from '#storage';

import { pluginComponents, said } from './plugin-components.js';
import { PackageError, readPackage } from './read-package.js';

/** What a plugin's `package.json` must say; `millrace` names the module with the components and the version of this contract. */
const PackageJson = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string().default(''),
  author: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).default(''),
  millrace: z.object({ api: z.literal(1), components: z.string().regex(/^[\w./-]+\.m?js$/) }),
  dependencies: z.record(z.string(), z.string()).default({}),
  bundleDependencies: z.union([z.array(z.string()), z.boolean()]).optional(),
  bundledDependencies: z.union([z.array(z.string()), z.boolean()]).optional(),
});

/** A plugin that was loaded. */
export interface LoadedPlugin {
  readonly components: readonly Component[];
  readonly author: string;
  readonly summary: string;
  readonly description: string;
}

/**
 * Takes a plugin's package out of storage, checks its bytes, unpacks it into a new folder below `folder` and runs its module.
 * @throws AppError `plugin-package-wrong` when the bytes are others than promised, `plugin-invalid` {plugin, reason} for the rest.
 */
export async function loadPlugin(plugin: PluginPackage, storage: TaskStorage, folder: string): Promise<LoadedPlugin> {
  try {
    const bytes = await readFile(await storage.materialise(plugin.packageKey));
    const hash = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    if (hash !== plugin.integrity)
      throw new AppError('plugin-package-wrong', { plugin: plugin.name, reason: 'SHA-512' });
    const files = readPackage(bytes);
    const about = packageJson(files, plugin);
    const entry = await unpack(files, folder, about.millrace.components);
    const exported = (await import(pathToFileURL(entry).href)) as Readonly<Record<string, unknown>>;
    const readme = [...files].find(([name]) => /^readme(\.md)?$/i.test(name))?.[1] ?? new Uint8Array();
    return {
      components: await pluginComponents(exported),
      author: about.author.slice(0, 500),
      summary: about.description.slice(0, 2000),
      description: new TextDecoder().decode(readme).replaceAll('\0', '').slice(0, 200_000),
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'plugin-package-wrong') throw error;
    const reason = error instanceof PackageError ? error.message : `it fails while it loads (${said(error)})`;
    throw new AppError('plugin-invalid', { plugin: plugin.name, reason }, { cause: error });
  }
}

function packageJson(
  files: ReadonlyMap<string, Uint8Array>,
  { name, version }: PluginPackage,
): z.output<typeof PackageJson> {
  const parsed = PackageJson.safeParse(parse(files.get('package.json')));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new PackageError(`its package.json does not say what it must (${path.join('.')}: ${message})`);
  }
  const about = parsed.data;
  if (about.name !== name || about.version !== version)
    throw new PackageError(`the package calls itself ${about.name} ${about.version}`);
  const bundled = about.bundleDependencies ?? about.bundledDependencies ?? [];
  const loose = Object.keys(about.dependencies).filter(
    (needed) => bundled !== true && !(bundled || []).includes(needed),
  );
  if (loose.length > 0) throw new PackageError(`it needs packages it does not bundle: ${loose.join(', ')}`);
  return about;
}

function parse(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined) throw new PackageError('it has no package.json');
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (cause) {
    throw new PackageError('its package.json is not JSON', { cause });
  }
}

async function unpack(files: ReadonlyMap<string, Uint8Array>, folder: string, components: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const root = await mkdtemp(join(folder, 'plugin-'));
  for (const [name, content] of files) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  const entry = resolve(root, components);
  const known = [...files.keys()].some((name) => join(root, name) === entry);
  if (!known) throw new PackageError(`its package.json names a module it does not hold: ${components}`);
  return entry;
}
