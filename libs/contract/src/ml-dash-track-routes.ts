import { z } from 'zod';

import { ExperimentParams, MlDashLabel, mlDashWords, WireMlDashTrack } from './ml-dash-wire.js';
import { route } from './route.js';

const common = { root: true, dialect: 'ml-dash', tag: 'ml-dash' } as const;
const runErrors = ['tracked-run-gone', 'tracked-run-not-found'] as const;
const writeErrors = [...runErrors, 'tracked-limit-passed', 'tracked-run-protected'] as const;

const TrackParams = ExperimentParams.extend({ topic: MlDashLabel.meta({ description: 'Slashes raw or as `%2F`' }) });
const Timestamp = z.number().min(-1e15).max(1e15);
const Entry = z.object({ timestamp: Timestamp }).catchall(z.unknown());

/** Tracks of an experiment: sparse data by time. */
export const mlDashTrackRoutes = {
  tracks: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/tracks',
    summary: 'List tracks of time-stamped data',
    params: ExperimentParams,
    query: z.object({ topic: z.string().max(500).optional().meta({ description: 'A glob, as `robot/*`' }) }),
    status: 200,
    answer: z.object({ tracks: z.array(WireMlDashTrack) }),
    errors: runErrors,
  }),
  makeTrack: route({
    ...common,
    method: 'POST',
    path: '/api/experiments/:experimentId/tracks',
    summary: 'Open a track',
    params: ExperimentParams,
    body: z.object({ topic: MlDashLabel, ...mlDashWords }),
    status: 201,
    answer: WireMlDashTrack,
    errors: writeErrors,
    example: { body: { topic: 'robot/position' } },
  }),
  appendTrack: route({
    ...common,
    method: 'POST',
    path: '/api/experiments/:experimentId/tracks/:topic/append',
    summary: 'Append one entry to a track',
    params: TrackParams,
    body: z.object({ timestamp: Timestamp, data: z.record(z.string(), z.unknown()) }),
    status: 201,
    answer: z.object({ timestamp: z.number(), data: z.record(z.string(), z.unknown()) }),
    errors: writeErrors,
    example: { body: { timestamp: 2.5, data: { x: 1, y: 2 } } },
  }),
  appendTrackBatch: route({
    ...common,
    method: 'POST',
    path: '/api/experiments/:experimentId/tracks/:topic/append_batch',
    summary: 'Append entries to a track, all or none',
    description: 'Entries of one timestamp are one: later fields join earlier ones, so that a batch may be sent again.',
    params: TrackParams,
    body: z.object({ entries: z.array(Entry).min(1).max(10_000) }),
    status: 201,
    answer: z.object({ count: z.int(), topic: z.string() }),
    errors: writeErrors,
    example: { body: { entries: [{ timestamp: 2.5, x: 1, y: 2 }] } },
  }),
  trackData: route({
    ...common,
    method: 'GET',
    path: '/api/experiments/:experimentId/tracks/:topic/data',
    summary: 'Read entries of a track',
    description: 'As JSON, as lines of JSON, as a Parquet or an MCAP file, or as frames (`mocap`).',
    params: TrackParams,
    query: z.object({
      format: z.enum(['json', 'jsonl', 'parquet', 'mcap', 'mocap']).default('json'),
      start_timestamp: z.coerce.number().optional(),
      end_timestamp: z.coerce.number().optional(),
      columns: z
        .string()
        .max(10_000)
        .transform((text) => text.split(',').filter((name) => name !== ''))
        .optional(),
    }),
    status: 200,
    answer: z.string(),
    stream: 'file',
    errors: [...runErrors, 'tracked-track-not-found'],
  }),
} as const;
