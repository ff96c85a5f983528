import type { SwanPoint } from '#contract';
import type { SeriesKind, TrackedObject } from '#tracking';

import { swanDate } from './swanlab-words.js';

/** How many entries of a tag are answered. */
export const MAX_POINTS = 1500;

const ENDINGS: Partial<Record<SeriesKind, string>> = { image: 'png', audio: 'wav', figure: 'json' };
const ENDING = /\.[A-Za-z0-9]{1,10}$/;

/** The name a file of a series is fetched by: the one it came with, else one of its place. */
export function fileNameOf(kind: SeriesKind, { meta, x, index }: TrackedObject): string {
  const { filename, format } = meta;
  if (typeof filename === 'string' && filename !== '') return filename;
  const ending = typeof format === 'string' && ENDING.test(`.${format}`) ? format : (ENDINGS[kind] ?? 'bin');
  return `${x}-${index}.${ending}`;
}

/** What stands for an object in a tag: a text itself, a file's name, or what is known of anything else. */
export function dataOf(kind: SeriesKind, object: TrackedObject): unknown {
  const { text, data } = object.meta;
  if (kind === 'text') return typeof text === 'string' ? text : typeof data === 'string' ? data : '';
  return object.blobId === null ? object.meta : fileNameOf(kind, object);
}

function captionOf({ meta: { caption } }: TrackedObject): { caption: string } | null {
  return typeof caption === 'string' && caption !== '' ? { caption } : null;
}

/** Objects as the entries of a tag, one a step; of very many steps evenly spaced ones, the first and the last among them. */
export function objectEntries(
  kind: SeriesKind,
  objects: readonly TrackedObject[],
): { entries: SwanPoint[]; steps: number } {
  const bySteps = new Map<number, TrackedObject[]>();
  for (const object of objects) bySteps.set(object.x, [...(bySteps.get(object.x) ?? []), object]);
  const steps = [...bySteps.values()];
  const kept = steps.length <= MAX_POINTS ? steps : evenly(steps);
  const entries = kept.map((step) => ({
    index: step[0]!.x,
    data: step.map((object) => dataOf(kind, object)),
    create_time: swanDate(step[0]!.ts),
    more: step.map(captionOf),
  }));
  return { entries, steps: steps.length };
}

const evenly = <T>(all: readonly T[]): T[] =>
  Array.from({ length: MAX_POINTS }, (_, place) => all[Math.round((place * (all.length - 1)) / (MAX_POINTS - 1))]!);
