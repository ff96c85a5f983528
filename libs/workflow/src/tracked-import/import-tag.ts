import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { SwanlogObject, type SwanlogTag } from '#contract';
import type { NewObject, NewPoint } from '#tracking';

import type { Ports } from '../ports.js';
import type { Importing } from './import-run.js';
import { storeMedia } from './store-media.js';

const POINTS_AT_ONCE = 5000;
const OBJECTS_AT_ONCE = 200;
const Objects = z.array(SwanlogObject);

/** Writes the entries of a tag; the same step again overwrites. */
export async function importTag(ports: Ports, runId: number, tag: SwanlogTag, importing: Importing): Promise<void> {
  if (tag.kind === 'number') await importPoints(ports, runId, tag, importing);
  else await importObjects(ports, runId, tag, tag.kind, importing);
}

async function* linesOf({ folder, signal }: Importing, file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(join(folder, basename(file)), 'utf8') })) {
    signal.throwIfAborted();
    if (line !== '') yield line;
  }
}

async function importPoints(
  ports: Ports,
  runId: number,
  { name, file }: SwanlogTag,
  importing: Importing,
): Promise<void> {
  let points: NewPoint[] = [];
  for await (const line of linesOf(importing, file)) {
    const [x, value, ms] = line.split('\t').map(Number);
    points.push({ runId, name, x: x!, value: value!, ts: new Date(ms!) });
    if (points.length < POINTS_AT_ONCE) continue;
    await ports.tracked.series.append(points);
    points = [];
  }
  if (points.length > 0) await ports.tracked.series.append(points);
}

async function importObjects(
  ports: Ports,
  runId: number,
  { name, file }: SwanlogTag,
  kind: 'image' | 'audio' | 'text',
  importing: Importing,
): Promise<void> {
  const { folder, projectId, run, skip } = importing;
  let [objects, missing]: [NewObject[], number] = [[], 0];
  for await (const line of linesOf(importing, file)) {
    for (const item of Objects.parse(JSON.parse(line))) {
      const { step, index, ms, text, caption, filename } = item;
      const path = item.file === undefined ? undefined : join(folder, basename(item.file));
      if (kind !== 'text' && path === undefined) missing++;
      const blobId = path === undefined ? null : await storeMedia(ports, { projectId, path, name: filename ?? '' });
      objects.push({
        runId,
        kind,
        name,
        x: step,
        index,
        ts: new Date(ms),
        meta: defined({ text, caption, filename }),
        blobId,
      });
    }
    if (objects.length < OBJECTS_AT_ONCE) continue;
    await ports.tracked.objects.put(objects);
    objects = [];
  }
  if (objects.length > 0) await ports.tracked.objects.put(objects);
  if (missing > 0) skip({ directory: `${run.runId}: ${name}`, code: 'media-missing', count: missing });
}

const defined = (meta: Record<string, string | undefined>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== undefined));
