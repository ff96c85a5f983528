import type { MatyanObjects } from '#contract';
import { type Tree } from '#matyan';
import type { TrackedObject, TrackedRun } from '#tracking';

import type { Ports } from '../../ports.js';
import { bytesOf } from './blob-batch.js';
import { storedTree } from './stored-tree.js';

/** What makes URIs of a run's files. */
export type UriOf = (runId: number, path: string) => string;
type Meta = Readonly<Record<string, unknown>>;

/** One object as its kind is answered; files are named by URIs, descriptions that were too large for the row are read. */
export async function objectTree(
  ports: Ports,
  sequence: MatyanObjects,
  run: TrackedRun,
  object: TrackedObject,
  uriOf: UriOf,
): Promise<Tree> {
  const { meta, index } = object;
  const text = (name: string, otherwise = ''): string => (typeof meta[name] === 'string' ? meta[name] : otherwise);
  const uri = typeof meta['path'] === 'string' ? uriOf(run.id, meta['path']) : '';
  switch (sequence) {
    case 'images':
      return { caption: text('caption'), width: count(meta, 'width'), height: count(meta, 'height'), format: text('format', 'png'), blob_uri: uri, index }; // prettier-ignore
    case 'audios':
      return { caption: text('caption'), format: text('format', 'wav'), blob_uri: uri, index };
    case 'texts':
      return { data: textOf(await dataOf(ports, run, meta)), index };
    case 'figures': {
      const data = await dataOf(ports, run, meta);
      return { data: typeof data === 'string' ? data : JSON.stringify(data ?? {}), index };
    }
    case 'distributions':
      return distribution(meta, await dataOf(ports, run, meta));
  }
}

const textOf = (data: unknown): string =>
  typeof data === 'string' ? data : data === undefined ? '' : JSON.stringify(data);
const count = (meta: Meta, name: string): number => (typeof meta[name] === 'number' ? meta[name] : 0);

function distribution(meta: Meta, data: unknown): Tree {
  const weights = weightsOf(data);
  return {
    data: weights,
    bin_count: count(meta, 'bin_count') || weights.length,
    range: storedTree(meta['range'] ?? [0, 0]),
  };
}

/** A list of numbers, or little-endian doubles in base64. */
function weightsOf(data: unknown): Float64Array {
  if (Array.isArray(data)) return Float64Array.from(data, Number);
  const bytes = Buffer.from(typeof data === 'string' ? data : '', 'base64');
  return Float64Array.from({ length: Math.floor(bytes.length / 8) }, (_, at) => bytes.readDoubleLE(at * 8));
}

async function dataOf(ports: Ports, run: TrackedRun, { data, data_path: path }: Meta): Promise<unknown> {
  if (typeof path !== 'string') return data;
  const file = await ports.tracked.files.find(run.id, path);
  return file?.blob
    ? (JSON.parse(Buffer.from(await bytesOf(ports, file.blob.storageKey)).toString('utf8')) as unknown)
    : undefined;
}
