import { expect } from 'vitest';

const text = expect.any(String) as string;
const number = expect.any(Number) as number;
const list = expect.any(Array) as unknown[];
const digits = expect.stringMatching(/^\d+$/) as string;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as string;

const project = { id: digits, slug: text };
const node = { id: digits, tags: list, createdAt: time, updatedAt: time, deletedAt: null };

/** What the client reads of each answer, `reference/trackers` 1a.2–1a.4; the first whose words fit the call. */
const READS: readonly (readonly [call: RegExp, reads: unknown])[] = [
  [
    /^POST \/api\/device\/start/,
    { user_code: text, verification_uri: text, verification_uri_complete: text, expires_in: 600, interval: 5 },
  ],
  [/^POST \/api\/device\/poll/, { access_token: text }],
  [/^POST \/api\/auth\/exchange/, { ml_dash_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string }],
  [/^POST \S+\/nodes .*"type":"PROJECT"/, { project }],
  [/^POST \S+\/nodes .*"type":"FOLDER"/, { node: { id: digits } }],
  [/^POST \S+\/nodes .*"type":"EXPERIMENT"/, { project, node: { id: digits }, experiment: { id: digits } }],
  [
    /^POST \S+\/nodes .*FILE/s,
    { node: { ...node, experimentId: digits }, physicalFile: { contentType: text, sizeBytes: number, checksum: hash } },
  ],
  [
    /^PATCH \/api\/nodes\/\d+ .*status/,
    { id: digits, status: expect.stringMatching(/^(COMPLETED|FAILED|CANCELLED)$/) as string },
  ],
  [/^PATCH \/api\/nodes\/\d+ /, node],
  [/^DELETE \/api\/nodes\/\d+/, { id: digits, deletedAt: time }],
  [/^DELETE \/api\/projects\/\d+/, { projectId: digits, deleted: number, experiments: number, message: text }],
  [/^GET \/api\/nodes\/\d+ /, { name: text, physicalFile: { filename: text, checksum: hash } }],
  [
    /^(GET|POST) \S+\/parameters/,
    {
      id: digits,
      experimentId: digits,
      data: expect.any(Object) as object,
      version: number,
      createdAt: time,
      updatedAt: time,
    },
  ],
  [/^POST \S+\/logs/, { created: number, startSequence: number, endSequence: number, experimentId: digits }],
  [/^GET \S+\/logs/, { logs: list, hasMore: false }],
  [
    /^POST \S+\/append-batch/,
    {
      metricId: digits,
      startIndex: digits,
      endIndex: digits,
      count: number,
      bufferedDataPoints: digits,
      chunkSize: 10_000,
    },
  ],
  [/^GET \S+\/metrics\/\S+\/data/, { data: list, startIndex: 0, endIndex: number, total: number, hasMore: false }],
  [
    /^GET \S+\/metrics\/\S+\/rows/,
    {
      format: 'ml-dash.metric-rows.v1',
      metricId: digits,
      visibility: 'committed',
      order: 'storage',
      blocks: list,
      returned: number,
    },
  ],
  [
    /^GET \S+\/metrics\/\S+\/stats/,
    {
      metricId: digits, name: text, totalDataPoints: digits, bufferedDataPoints: digits, chunkedDataPoints: digits, totalChunks: number,
      chunkSize: number, firstDataAt: time, lastDataAt: time, createdAt: time, updatedAt: time, count: number,
      firstValue: expect.any(Object) as object, lastValue: expect.any(Object) as object,
    }, // prettier-ignore
  ],
  [/^GET \S+\/metrics /, { metrics: list }],
  [/^POST \S+\/tracks\/\S+\/append_batch/, { count: number, topic: 'robot/pose' }],
  [/^GET \S+\/data\?format=json(&| )/, { topic: 'robot/pose', count: number, entries: list }],
  [/^GET \S+\/tracks(\?| )/, { tracks: list }],
  [/^GET \/api\/search\/files/, { files: list }],
  [/^POST \/graphql/, { data: expect.any(Object) as object }],
  [/^GET \S+(\/download|format=jsonl)/, {}],
];

/** What the answer to a call has to hold. @throws Error for a call nobody thought of. */
export function readsOf(call: string): unknown {
  const found = READS.find(([pattern]) => pattern.test(call));
  if (found === undefined) throw new Error(`nothing is known of ${call.slice(0, 200)}`);
  return found[1];
}
