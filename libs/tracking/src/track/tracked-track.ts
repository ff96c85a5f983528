import type { Asked } from '../node/tracked-node.js';
import { limitPassed } from '../store/limit-passed.js';
import { storableJson } from '../store/limits.js';

/** Sparse data of a run by time. */
export interface TrackedTrack {
  readonly id: number;
  readonly runId: number;
  readonly topic: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly columns: readonly string[];
  readonly n: number;
  readonly firstTs: number | null;
  readonly lastTs: number | null;
  readonly created: Date;
  readonly lastModified: Date;
}
/** What describes a track that is opened; what is absent stays as it is. */
export interface NewTrack {
  readonly runId: number;
  readonly topic: string;
  readonly description?: string | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Tracks one run may have. */
const MAX_TRACKS = 10_000;
const TRACK = `id, run_id AS "runId", topic, description, coalesce(tags, '{}') AS tags, metadata, columns, n::float8 AS n,
  first_ts AS "firstTs", last_ts AS "lastTs", created, last_modified AS "lastModified"`;

/** Get or create. @throws AppError `tracked-limit-passed`. */
export async function openTrack(db: Asked, track: NewTrack): Promise<TrackedTrack> {
  const { runId, topic, description = null, tags = null, metadata = null } = track;
  const found = await findTrack(db, runId, topic);
  if (found !== undefined && description === null && tags === null && metadata === null) return found;
  if (found === undefined) await checkRoom(db, runId);
  const [opened] = await db.query<[TrackedTrack]>(
    `INSERT INTO tracked_track AS t (run_id, topic, description, tags, metadata) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (run_id, topic) DO UPDATE SET description = coalesce(excluded.description, t.description),
       tags = coalesce(excluded.tags, t.tags), metadata = coalesce(excluded.metadata, t.metadata), last_modified = now()
     RETURNING ${TRACK}`,
    [runId, topic, description, tags, metadata && storableJson('metadata', metadata)],
  );
  return opened;
}

/** The track of this topic. */
export async function findTrack(db: Asked, runId: number, topic: string): Promise<TrackedTrack | undefined> {
  const [track] = await db.query<TrackedTrack[]>(
    `SELECT ${TRACK} FROM tracked_track WHERE run_id = $1 AND topic = $2`,
    [runId, topic],
  );
  return track;
}

/** Tracks of a run by topic; with a POSIX expression those whose topic matches. */
export function listTracks(db: Asked, runId: number, expression?: string): Promise<TrackedTrack[]> {
  return db.query<TrackedTrack[]>(
    `SELECT ${TRACK} FROM tracked_track WHERE run_id = $1 AND ($2::text IS NULL OR topic ~ $2) ORDER BY topic`,
    [runId, expression ?? null],
  );
}

/** How many tracks each run has; absent: none. */
export async function countTracks(db: Asked, runIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: string }[]>(
    `SELECT run_id AS id, count(*) FROM tracked_track WHERE run_id = ANY($1) GROUP BY 1`,
    [runIds],
  );
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}

async function checkRoom(db: Asked, runId: number): Promise<void> {
  const count = (await countTracks(db, [runId])).get(runId) ?? 0;
  if (count >= MAX_TRACKS) throw limitPassed('tracks', MAX_TRACKS, 'entries');
}
