import type { z } from 'zod';

import {
  AppError,
  type Caller,
  type FileAnswer,
  type InputOf,
  type mlDashRoutes,
  type WireMlDashTrack,
} from '#contract';
import {
  appendEntries, findTrack, listTracks, openTrack, readEntries, type TrackedTrack, type TrackEntry,
} from '#tracking'; // prettier-ignore

import type { Ports } from '../ports.js';
import { flattened } from './flattened.js';
import { globExpression } from './glob.js';
import { visibleRun, writableRun } from './visible.js';

type Track = z.infer<typeof WireMlDashTrack>;
type Params = InputOf<typeof mlDashRoutes.appendTrack>['params'];

/** Tracks of an experiment, those whose topic matches a glob. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function readTracks(
  ports: Ports,
  caller: Caller,
  id: number,
  topic?: string,
): Promise<{ tracks: Track[] }> {
  await visibleRun(ports, caller, id);
  const expression = topic === undefined || topic === '' ? undefined : globExpression(topic, { crossing: true });
  return { tracks: (await listTracks(ports.db, id, expression)).map(wireTrack) };
}

/** Get or create. @throws AppError as {@link readTracks}, `tracked-run-protected`, `tracked-limit-passed`. */
export async function makeTrack(
  ports: Ports,
  caller: Caller,
  id: number,
  track: InputOf<typeof mlDashRoutes.makeTrack>['body'],
): Promise<Track> {
  await writableRun(ports, caller, id);
  return wireTrack(await openTrack(ports.db, { runId: id, ...track }));
}

/** Adds one entry, nested fields by dotted name. @throws AppError as {@link makeTrack}. */
export async function appendTrack(
  ports: Ports,
  caller: Caller,
  params: Params,
  { timestamp, data }: InputOf<typeof mlDashRoutes.appendTrack>['body'],
): Promise<{ timestamp: number; data: Record<string, unknown> }> {
  const entry = { ts: timestamp, data: flattened(data) };
  await append(ports, caller, params, [entry]);
  return { timestamp, data: entry.data };
}

/** Adds entries, all or none. @throws AppError as {@link makeTrack}. */
export async function appendTrackBatch(
  ports: Ports,
  caller: Caller,
  params: Params,
  { entries }: InputOf<typeof mlDashRoutes.appendTrackBatch>['body'],
): Promise<{ count: number; topic: string }> {
  await append(
    ports,
    caller,
    params,
    entries.map(({ timestamp, ...data }) => ({ ts: timestamp, data: flattened(data) })),
  );
  return { count: entries.length, topic: params.topic };
}

async function append(
  ports: Ports,
  caller: Caller,
  { experimentId, topic }: Params,
  entries: TrackEntry[],
): Promise<void> {
  await writableRun(ports, caller, experimentId);
  await appendEntries(ports.db, { runId: experimentId, topic }, entries);
  await ports.tracked.runs.touch(experimentId);
}

/** Entries of a track by time, as they are read: no track has to fit into memory. @throws AppError `tracked-track-not-found`, `track-format-unsupported`. */
export async function readTrackData(
  ports: Ports,
  caller: Caller,
  { experimentId, topic }: Params,
  query: InputOf<typeof mlDashRoutes.trackData>['query'],
): Promise<FileAnswer> {
  const { format, columns, start_timestamp: from, end_timestamp: to } = query;
  await visibleRun(ports, caller, experimentId);
  if (format !== 'json' && format !== 'jsonl') throw new AppError('track-format-unsupported', { format });
  const track = await findTrack(ports.db, experimentId, topic);
  if (track === undefined) throw new AppError('tracked-track-not-found', { topic });
  const entries = readEntries(ports.db, track.id, { from, to });
  const filename = `${topic.replaceAll('/', '_')}.${format}`;
  return format === 'json'
    ? { content: asJson(topic, entries, columns), filename, mediaType: 'application/json' }
    : { content: asLines(entries, columns), filename, mediaType: 'application/x-ndjson' };
}

type Pages = AsyncIterable<readonly TrackEntry[]>;

/** The count stands last: it is known then. */
async function* asJson(topic: string, pages: Pages, columns: string[] | undefined): AsyncGenerator<string> {
  let count = 0;
  yield `{"topic":${JSON.stringify(topic)},"entries":[`;
  for await (const page of pages) {
    yield (count === 0 ? '' : ',') + page.map((entry) => JSON.stringify(written(entry, columns))).join(',');
    count += page.length;
  }
  yield `],"count":${count}}`;
}

async function* asLines(pages: Pages, columns: string[] | undefined): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((entry) => `${JSON.stringify(written(entry, columns))}\n`).join('');
}

function written({ ts, data }: TrackEntry, columns: string[] | undefined): Record<string, unknown> {
  const kept =
    columns === undefined ? data : Object.fromEntries(Object.entries(data).filter(([name]) => columns.includes(name)));
  return { timestamp: ts, ...kept };
}

const wireTrack = (track: TrackedTrack): Track => ({
  id: `${track.id}`,
  experimentId: `${track.runId}`,
  topic: track.topic,
  description: track.description,
  tags: [...track.tags],
  metadata: track.metadata,
  totalEntries: track.n,
  columns: [...track.columns],
  firstTimestamp: track.firstTs,
  lastTimestamp: track.lastTs,
  createdAt: track.created.toISOString(),
  updatedAt: track.lastModified.toISOString(),
});
