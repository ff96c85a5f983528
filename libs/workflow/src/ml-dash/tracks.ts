import type { z } from 'zod';

import type { Caller, InputOf, mlDashRoutes, WireMlDashTrack } from '#contract';
import { appendEntries, listTracks, openTrack, type TrackedTrack, type TrackEntry } from '#tracking';

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
  const opened = await openTrack(ports.db, { runId: id, ...track });
  await ports.tracked.runs.touch(id);
  return wireTrack(opened);
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
