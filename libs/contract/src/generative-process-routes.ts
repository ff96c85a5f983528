import { z } from 'zod';

import { Id, IdParams, Nothing, route } from './route.js';
import { Status } from './statuses.js';
import { WireDate, wireRow } from './wire.js';

/** One input or output of a process: a text (`str`), or the name of a media file (`Image`, `File`). */
export const WireProcessData = z
  .object({
    id: z.int(),
    data: z.string(),
    data_type: z.string(),
    process_id: z.int(),
    is_input: z.boolean(),
  })
  .meta({ id: 'ProcessData' });
export type WireProcessData = z.infer<typeof WireProcessData>;

/** One turn of a generative session. */
export const WireGenerativeProcess = z
  .object({
    ...wireRow,
    session_id: z.int(),
    status: Status,
    delivery_time: WireDate.nullable(),
    start_time: WireDate.nullable(),
    end_time: WireDate.nullable(),
    input: z.array(WireProcessData),
    output: z.array(WireProcessData),
  })
  .meta({ id: 'GenerativeProcess' });
export type WireGenerativeProcess = z.infer<typeof WireGenerativeProcess>;

const tag = 'generative-process';

/** `/generative-process/`: the turns of a session. */
export const generativeProcessRoutes = {
  create: route({
    method: 'POST',
    path: '/generative-process/',
    tag,
    summary: 'Create a turn of a session; a GenerativeJob answers it',
    description:
      'A form: `session_id` and inputs named `<anything>_<n>` (`text_0`, `file_1`), taken in the order of n. Files are media.',
    form: z
      .object({ session_id: Id })
      .catchall(z.union([z.string().max(1_000_000), z.array(z.string().max(1_000_000)).max(100)])),
    files: ['*'],
    status: 201,
    answer: WireGenerativeProcess,
    errors: ['generative-session-not-found', 'generative-input-invalid', 'media-type-unsupported', 'upload-too-large'],
    example: { body: { session_id: 1, text_0: 'Tell me about rivers.' } },
  }),
  ofSession: route({
    method: 'GET',
    path: '/generative-process/session/:id',
    tag,
    summary: 'The turns of a session, the oldest first',
    params: IdParams,
    status: 200,
    answer: z.array(WireGenerativeProcess),
  }),
  file: route({
    method: 'GET',
    path: '/generative-process/file/:name',
    tag,
    summary: 'A media file of a turn',
    params: z.object({ name: z.string().max(200) }),
    status: 200,
    stream: 'file',
    answer: z.string(),
    errors: ['media-not-found'],
  }),
  /** What older clients call the same. */
  image: route({
    method: 'GET',
    path: '/generative-process/image/:name',
    tag,
    summary: 'A media file of a turn, at its older address',
    params: z.object({ name: z.string().max(200) }),
    status: 200,
    stream: 'file',
    answer: z.string(),
    errors: ['media-not-found'],
  }),
  get: route({
    method: 'GET',
    path: '/generative-process/:id',
    tag,
    summary: 'Read one turn with its inputs and outputs',
    params: IdParams,
    status: 200,
    answer: WireGenerativeProcess,
    errors: ['generative-process-not-found'],
  }),
  results: route({
    method: 'GET',
    path: '/generative-process/:id/results',
    tag,
    summary: 'What a turn answered; empty before it has finished',
    params: IdParams,
    status: 200,
    answer: z.array(WireProcessData),
    errors: ['generative-process-not-found'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/generative-process/:id',
    tag,
    summary: 'Delete a turn with its files; one that runs is cancelled',
    params: IdParams,
    status: 204,
    answer: Nothing,
    errors: ['generative-process-not-found'],
  }),
} as const;
