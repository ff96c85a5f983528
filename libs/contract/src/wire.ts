import { z } from 'zod';

import { Status } from './statuses.js';

/** A date as DashAI writes it: ISO-8601 without a zone, in the server's local time, with microseconds. */
export const WireDate = z
  .string()
  .meta({ description: 'ISO-8601 without a zone, server-local time', examples: ['2026-01-31T10:22:05.123456'] });

/** The columns every entity row has. */
export const wireRow = { id: z.int(), created: WireDate, last_modified: WireDate };

/** The columns of an entity that a job works on. */
export const wireWork = {
  ...wireRow,
  status: Status,
  huey_id: z.string().nullable(),
  delivery_time: WireDate.nullable(),
  start_time: WireDate.nullable(),
  end_time: WireDate.nullable(),
};

/** A list in a query: a repeated key, a single value, or a JSON array in one value. */
export const queryList = z.preprocess((value) => {
  if (value === undefined || Array.isArray(value)) return value;
  if (typeof value !== 'string' || !value.startsWith('[')) return [value];
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return [value];
  }
}, z.array(z.string()).max(200).optional());

/** `skip` and `limit` of a list; 0 means all. */
export const skipLimit = z.object({
  skip: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(0).default(0),
});

/** A JSON object as a parameter set. */
export const JsonObject = z.record(z.string(), z.unknown());
