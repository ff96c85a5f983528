import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { AppError, type ComponentManifest } from '#contract';

import type { Ports } from '../ports.js';
import { readUrl } from './open-url.js';

/** A file to fetch and what it must hash to. */
export interface Source {
  readonly url: string;
  readonly sha256: string;
  /** Null when only the answer will tell. */
  readonly sizeBytes: number | null;
  /** Chosen by the operator, so that it may be an address of the own network. */
  readonly trusted: string;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/i);
const Sources = z.record(z.string(), z.object({ url: z.url({ protocol: /^https?$/ }), sha256 }));
/** A hub's list of the files of a repository; those kept by content carry their SHA-256. */
const Listing = z.array(
  z.object({
    path: z.string(),
    lfs: z.object({ oid: sha256, size: z.int().min(1) }).optional(),
  }),
);
const LISTING_BYTES = 8 * 1024 * 1024;

/**
 * Where a model's weights come from: the operator's list, else the repository on the hub.
 * @throws AppError `download-failed` {name, reason}.
 */
export async function findSource(ports: Ports, manifest: ComponentManifest, signal: AbortSignal): Promise<Source> {
  const listed = await fromList(ports, manifest.name);
  if (listed !== undefined) return { ...listed, sizeBytes: null, trusted: new URL(listed.url).origin };
  return fromHub(ports, manifest, signal);
}

async function fromList({ config }: Ports, name: string): Promise<z.infer<typeof Sources>[string] | undefined> {
  if (config.modelSources === undefined) return undefined;
  try {
    return Sources.parse(JSON.parse(await readFile(config.modelSources, 'utf8')))[name];
  } catch {
    throw new AppError('download-failed', { name, reason: 'MILLRACE_MODEL_SOURCES' });
  }
}

async function fromHub({ config }: Ports, manifest: ComponentManifest, signal: AbortSignal): Promise<Source> {
  const { name, metadata } = manifest;
  const repository = String(metadata['repository']);
  const pattern = wildcard(String(metadata['file_pattern']));
  const trusted = new URL(config.modelHub).origin;
  const text = await readUrl(`${config.modelHub}/api/models/${repository}/tree/main`, {
    name,
    trusted,
    signal,
    limitBytes: LISTING_BYTES,
  });
  const files = Listing.safeParse(parsed(text));
  const [file, other] = files.success ? files.data.filter(({ path, lfs }) => lfs && pattern.test(path)) : [];
  if (file?.lfs === undefined || other !== undefined)
    throw new AppError('download-failed', { name, reason: `${repository}: ${String(metadata['file_pattern'])}` });
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const url = `${config.modelHub}/${repository}/resolve/main/${path}`;
  return { url, sha256: file.lfs.oid, sizeBytes: file.lfs.size, trusted };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `*` stands for any characters of one name; other characters for themselves. */
const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[^\w*-]/g, '\\$&').replaceAll('*', '[^/]*')}$`, 'i');
