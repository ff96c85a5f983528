import { AppError, type Caller, type FileAnswer, type InputOf, type mlDashRoutes } from '#contract';
import { findTrack, readEntries, type TrackedTrack, type TrackEntry } from '#tracking';

import type { Ports } from '../ports.js';
import { asMcap } from './track-mcap.js';
import { visibleRun } from './visible.js';

type Query = InputOf<typeof mlDashRoutes.trackData>['query'];
type Row = Readonly<Record<string, unknown>>;
/** Rows by time, as they are read: no track has to fit into memory. */
type Pages = AsyncGenerator<readonly Row[]>;
type Written = Pick<FileAnswer, 'content' | 'mediaType'>;
/** Who asks, and whether they are still there. */
interface TrackCall {
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

/** Entries of a track in the format asked for. @throws AppError `tracked-track-not-found`. */
export async function readTrackData(
  ports: Ports,
  { caller, signal }: TrackCall,
  { experimentId, topic }: InputOf<typeof mlDashRoutes.trackData>['params'],
  query: Query,
): Promise<FileAnswer> {
  const { format, start_timestamp: from, end_timestamp: to } = query;
  await visibleRun(ports, caller, experimentId);
  const track = await findTrack(ports.db, experimentId, topic);
  if (track === undefined) throw new AppError('tracked-track-not-found', { topic });
  const pages = rowsOf(readEntries(ports.db, track.id, { from, to }), query.columns);
  const written = await writers[format](pages, { ports, track, signal });
  const ending = format === 'mocap' ? 'mocap.json' : format;
  return { ...written, filename: `${topic.replaceAll('/', '_')}.${ending}` };
}

interface Writing {
  readonly ports: Ports;
  readonly track: TrackedTrack;
  readonly signal: AbortSignal;
}
const JSON_TYPE = 'application/json';
const writers: Record<Query['format'], (pages: Pages, writing: Writing) => Written | Promise<Written>> = {
  json: (pages, { track }) => ({ content: asJson(track.topic, pages), mediaType: JSON_TYPE }),
  jsonl: (pages) => ({ content: asLines(pages), mediaType: 'application/x-ndjson' }),
  mcap: (pages, { track }) => ({ content: asMcap(track, pages), mediaType: 'application/octet-stream' }),
  mocap: (pages, { track }) => ({ content: asFrames(track, pages), mediaType: JSON_TYPE }),
  parquet: async (pages, { ports, signal }) => ({
    content: await ports.tables.exportParquet(pages, { first: ['timestamp'], signal }),
    mediaType: 'application/vnd.apache.parquet',
  }),
};

async function* rowsOf(pages: AsyncIterable<readonly TrackEntry[]>, columns: string[] | undefined): Pages {
  const wanted = columns === undefined ? undefined : new Set(columns);
  const kept = (data: TrackEntry['data']): Row =>
    wanted ? Object.fromEntries(Object.entries(data).filter(([name]) => wanted.has(name))) : data;
  for await (const page of pages) yield page.map(({ ts, data }) => ({ timestamp: ts, ...kept(data) }));
}

/** The count stands last: it is known then. */
async function* asJson(topic: string, pages: Pages): AsyncGenerator<string> {
  let count = 0;
  yield `{"topic":${JSON.stringify(topic)},"entries":[`;
  for await (const page of pages) {
    yield (count === 0 ? '' : ',') + page.map((row) => JSON.stringify(row)).join(',');
    count += page.length;
  }
  yield `],"count":${count}}`;
}

async function* asLines(pages: Pages): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((row) => `${JSON.stringify(row)}\n`).join('');
}

const FRAMES_PER_SECOND = 30;

/** A film of frames, as the client itself writes one (`reference/trackers` 1a.4); what is counted stands last. */
async function* asFrames({ topic, description, tags, metadata }: TrackedTrack, pages: Pages): AsyncGenerator<string> {
  const channels = new Set<string>();
  let frameCount = 0;
  let [startTime, endTime] = [0, 0];
  yield '{"version":"1.0","frames":[';
  for await (const page of pages) {
    const frames = page.map(({ timestamp, ...data }) => {
      for (const name of Object.keys(data)) channels.add(name);
      return JSON.stringify({ time: timestamp, ...data });
    });
    if (frameCount === 0) startTime = Number(page[0]!['timestamp']);
    endTime = Number(page.at(-1)!['timestamp']);
    yield (frameCount === 0 ? '' : ',') + frames.join(',');
    frameCount += page.length;
  }
  const fps = typeof metadata?.['fps'] === 'number' ? metadata['fps'] : FRAMES_PER_SECOND;
  const about = { topic, description, tags, fps, duration: endTime - startTime, frameCount, startTime, endTime };
  yield `],"channels":${JSON.stringify([...channels].sort())},"metadata":${JSON.stringify(about)}}`;
}
