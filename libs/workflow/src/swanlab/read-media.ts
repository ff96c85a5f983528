import { AppError, type FileAnswer } from '#contract';
import type { TrackedObject, TrackedSeries } from '#tracking';

import type { Ports } from '../ports.js';
import { fileNameOf } from './object-entries.js';
import { tagOf } from './read-tag.js';
import { experimentAt, type SwanLabAt } from './swanlab-scope.js';

/** A file never changes under its name; a day is what pages that are polled need. */
const DAY_S = 86_400;

/**
 * A file of a tag, by a name the tag told: it is compared with those in the database and is never a path.
 * @throws AppError `tracked-run-not-found`, `tracked-series-not-found`, `tracked-file-not-found`.
 */
export async function readSwanMedia(
  ports: Ports,
  at: SwanLabAt,
  { file, tag, experiment_id }: { file: string; tag: string; experiment_id: number },
): Promise<FileAnswer> {
  const { run } = await experimentAt(ports, at, experiment_id);
  const { series } = await tagOf(ports, run.id, tag);
  const object = await objectNamed(ports, series, file);
  if (object?.blobId === undefined || object.blobId === null)
    throw new AppError('tracked-file-not-found', { path: file });
  const { storageKey, contentType } = await ports.tracked.objects.blob(object.blobId);
  return {
    content: await ports.storage.read(storageKey),
    filename: file,
    mediaType: contentType,
    cacheSeconds: DAY_S,
  };
}

/** Names begin with their step, ours and those of newer clients; otherwise all are looked through. */
async function objectNamed(
  { tracked }: Ports,
  series: TrackedSeries,
  file: string,
): Promise<TrackedObject | undefined> {
  if (series.kind === 'number') return undefined;
  const named = (objects: readonly TrackedObject[]): TrackedObject | undefined =>
    objects.find((object) => fileNameOf(series.kind, object) === file);
  const step = /^-?\d{1,15}/.exec(file)?.[0];
  const near =
    step === undefined ? [] : await tracked.objects.read(series.id, { fromX: Number(step), toX: Number(step) });
  return named(near) ?? named(await tracked.objects.read(series.id, {}));
}
