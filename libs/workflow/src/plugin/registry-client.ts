import { Readable } from 'node:stream';

import { z } from 'zod';

import type { Config } from '#config';
import { AppError, PACKAGE_NAME } from '#contract';

const TIMEOUT_MS = 30_000;
const JSON_BYTES = 32 * 1024 ** 2;
/** Of a package as it is sent. */
export const PACKAGE_BYTES = 16 * 1024 ** 2;

const Person = z.union([z.string(), z.looseObject({ name: z.string().optional(), username: z.string().optional() })]);
const Found = z.object({
  objects: z.array(
    z.object({
      package: z.object({
        name: z.string(),
        version: z.string(),
        description: z.string().nullish(),
        keywords: z.array(z.string()).nullish(),
        author: Person.nullish(),
        publisher: Person.nullish(),
      }),
    }),
  ),
});
const Packument = z.object({
  'dist-tags': z.object({ latest: z.string() }),
  versions: z.record(z.string(), z.object({ dist: z.object({ tarball: z.url(), integrity: z.string() }) })),
});

/** A plugin as the registry lists it. */
export interface FoundPlugin {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly author: string;
  readonly keywords: readonly string[];
}

/** The newest version of a package and where its bytes are. */
export interface NewestVersion {
  readonly version: string;
  readonly tarball: string;
  readonly integrity: string;
}

type Registry = Pick<Config, 'pluginRegistry' | 'pluginKeyword'>;
const failed = (reason: string, cause?: unknown): AppError =>
  new AppError('plugin-registry-failed', { reason }, { cause });

const named = (registry: string | undefined): string => registry ?? fail('MILLRACE_PLUGIN_REGISTRY is not set');

/** The packages that carry the keyword, at most 250. @throws AppError `plugin-registry-failed`. */
export async function searchPlugins({ pluginRegistry, pluginKeyword }: Registry): Promise<FoundPlugin[]> {
  const url = new URL(`${named(pluginRegistry)}/-/v1/search`);
  url.searchParams.set('text', `keywords:${pluginKeyword}`);
  url.searchParams.set('size', '250');
  const { objects } = Found.safeParse(await json(url)).data ?? fail('search');
  return objects
    .map(({ package: found }) => ({
      name: found.name,
      version: found.version.slice(0, 100),
      summary: plain(found.description ?? '', 2000),
      author: plain(nameOf(found.author) ?? nameOf(found.publisher) ?? '', 500),
      keywords: found.keywords ?? [],
    }))
    .filter(({ name, keywords }) => PACKAGE_NAME.test(name) && keywords.includes(pluginKeyword));
}

/**
 * The newest version of a package.
 * @throws AppError `plugin-registry-failed`, `plugin-package-wrong` without SHA-512 or with bytes on another host than the registry.
 */
export async function newestVersion({ pluginRegistry }: Registry, name: string): Promise<NewestVersion> {
  const url = new URL(`${named(pluginRegistry)}/${name.replace('/', '%2f')}`);
  const packument = Packument.safeParse(await json(url)).data ?? fail(name);
  const version = packument['dist-tags'].latest;
  const { dist } = packument.versions[version] ?? fail(`${name} ${version}`);
  const integrity = dist.integrity.split(/\s+/).find((hash) => /^sha512-[A-Za-z0-9+/]{86}==$/.test(hash));
  if (integrity === undefined) throw new AppError('plugin-package-wrong', { plugin: name, reason: 'no SHA-512' });
  if (new URL(dist.tarball).origin !== url.origin)
    throw new AppError('plugin-package-wrong', { plugin: name, reason: new URL(dist.tarball).host });
  return { version, tarball: dist.tarball, integrity };
}

/** The bytes of a package, as they come. @throws AppError `plugin-registry-failed`. */
export async function downloadPackage({ tarball }: NewestVersion, signal: AbortSignal): Promise<Readable> {
  const { body } = await ask(new URL(tarball), AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
  return body === null ? fail('empty') : Readable.from(body);
}

async function json(url: URL): Promise<unknown> {
  const { body } = await ask(url, AbortSignal.timeout(TIMEOUT_MS));
  const chunks: Uint8Array[] = [];
  let left = JSON_BYTES;
  try {
    for await (const chunk of body ?? []) {
      left -= chunk.length;
      if (left < 0) fail(`${url.host}: > ${JSON_BYTES} B`);
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw error instanceof AppError ? error : failed(url.host, error);
  }
}

/** A redirect could lead anywhere; a registry has no need of one. */
async function ask(url: URL, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json, */*' } }).catch(
    (error: unknown) => {
      throw failed(url.host, error);
    },
  );
  if (!answer.ok) {
    await answer.body?.cancel();
    throw failed(`${url.host}: ${answer.status}`);
  }
  return answer;
}

function fail(reason: string): never {
  throw failed(reason);
}

const plain = (text: string, length: number): string => text.replaceAll(/\p{Cc}/gu, ' ').slice(0, length);

const nameOf = (person: z.infer<typeof Person> | null | undefined): string | undefined =>
  typeof person === 'string' ? person : (person?.name ?? person?.username);
