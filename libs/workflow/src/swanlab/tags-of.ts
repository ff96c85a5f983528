import type { SeriesKind, TrackedSeries } from '#tracking';

import { groupOf, tagName } from './swanlab-words.js';

/** A series as SwanLab knows it. */
export interface Tag {
  readonly name: string;
  readonly group: string;
  /** Of its chart: `line`, `image`, `audio`, `text` or `default`. */
  readonly type: string;
  readonly series: TrackedSeries;
}

const TYPES: Partial<Record<SeriesKind, string>> = { number: 'line', image: 'image', audio: 'audio', text: 'text' };

/**
 * The tags of one run in the order they came. Where series of two kinds share a name, numbers keep it and the other says its kind.
 */
export function tagsOf(series: readonly TrackedSeries[]): Tag[] {
  const taken = new Set(series.filter(({ kind }) => kind === 'number').map(tagName));
  return [...series]
    .sort((a, b) => a.id - b.id)
    .map((one) => {
      const plain = tagName(one);
      const name = one.kind === 'number' ? plain : freeName(plain, one.kind, taken);
      taken.add(name);
      return { name, group: groupOf(name), type: TYPES[one.kind] ?? 'default', series: one };
    });
}

function freeName(plain: string, kind: string, taken: ReadonlySet<string>): string {
  let name = plain;
  for (let count = 1; taken.has(name); count++) name = `${plain} (${kind}${count === 1 ? '' : ` ${count}`})`;
  return name;
}
