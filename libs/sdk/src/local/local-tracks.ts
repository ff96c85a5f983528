import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isoNow } from '../clock.js';
import type { Entry, TrackRange, TrackSummary } from '../sink.js';
import { appendLines, readDocument, readLines, writeDocument } from './json-lines.js';
import { locked } from './lock.js';
import { folderOf } from './safe-name.js';

interface About extends TrackSummary {
  readonly trackId: string;
  readonly createdAt: string;
}

/** Slashes become underscores, as the Python client does it. */
const safeTopic = (topic: string): string => folderOf(topic.replaceAll('/', '_'));

/** Appends entries to a track, those given together in the order of their time. */
export function appendEntries(folder: string, topic: string, entries: readonly Entry[]): void {
  const track = join(folder, 'tracks', safeTopic(topic));
  mkdirSync(track, { recursive: true });
  locked(join(track, '.metadata.lock'), () => {
    const file = join(track, 'metadata.json');
    const about = readDocument<About>(file) ?? {
      trackId: `local-track-${safeTopic(topic)}`,
      topic,
      columns: [],
      totalEntries: 0,
      firstTimestamp: null,
      lastTimestamp: null,
      createdAt: isoNow(),
    };
    const sorted = entries.toSorted((a, b) => a.timestamp - b.timestamp);
    appendLines(join(track, 'data.jsonl'), () => sorted);
    const first = sorted[0]!.timestamp;
    const last = sorted.at(-1)!.timestamp;
    const columns = new Set([...about.columns, ...entries.flatMap((entry) => Object.keys(entry))]);
    columns.delete('timestamp');
    writeDocument(file, {
      ...about,
      columns: [...columns].sort(),
      totalEntries: about.totalEntries + entries.length,
      firstTimestamp: Math.min(first, about.firstTimestamp ?? first),
      lastTimestamp: Math.max(last, about.lastTimestamp ?? last),
    });
  });
}

/** Entries of a track in a range of time, in the order of their time; later ones of the same time are merged over earlier ones. */
export async function readEntries(folder: string, topic: string, range: TrackRange): Promise<Entry[]> {
  const { start = -Infinity, end = Infinity, columns } = range;
  const merged = new Map<number, Entry>();
  for await (const entry of readLines<Entry>(join(folder, 'tracks', safeTopic(topic), 'data.jsonl'))) {
    const { timestamp } = entry;
    if (timestamp >= start && timestamp <= end) merged.set(timestamp, { ...merged.get(timestamp), ...entry });
  }
  const kept = [...merged.values()].sort((a, b) => a.timestamp - b.timestamp);
  if (!columns) return kept;
  const names = new Set(['timestamp', ...columns]);
  return kept.map((entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => names.has(name))) as Entry);
}

/** The tracks of a run. */
export function listTracks(folder: string): TrackSummary[] {
  const tracks = join(folder, 'tracks');
  if (!existsSync(tracks)) return [];
  return readdirSync(tracks).flatMap((entry) => {
    const about = readDocument<About>(join(tracks, entry, 'metadata.json'));
    if (!about) return [];
    const { topic, totalEntries, columns, firstTimestamp, lastTimestamp } = about;
    return [{ topic, totalEntries, columns, firstTimestamp, lastTimestamp }];
  });
}
