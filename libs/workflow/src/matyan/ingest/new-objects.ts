import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';

import { AppError, type MatyanMessageOf } from '#contract';
import type { NewObject, TrackedRun } from '#tracking';

import type { Ports } from '../../ports.js';
import { without } from '../../rows.js';
import { pathOfKey } from '../artifact-path.js';
import { storeBlob } from '../receive-artifact.js';
import { kindOf } from '../sequence-kinds.js';
import { keyOf } from './message-key.js';

/** A description larger than this is kept as a file: a figure may be. */
const INLINE_BYTES = 256 * 1024;

type Message = MatyanMessageOf<'log_custom_object'>;
type Value = Readonly<Record<string, unknown>>;

/**
 * The objects of one step. What an object's `meta` holds is the client's description of it, without storage keys and bytes: `path` names
 * the file of the run that holds its bytes, `data_path` one that holds its `data` as JSON, when it is large.
 */
export async function newObjects(ports: Ports, run: TrackedRun, message: Message): Promise<NewObject[]> {
  const values: readonly Value[] = Array.isArray(message.value) ? message.value : [message.value];
  const kind = kindOf(message.dtype) === 'object' ? kindOf(values[0]?.['type']) : kindOf(message.dtype);
  const objects: NewObject[] = [];
  for (const [index, value] of values.entries()) {
    objects.push({
      runId: run.id,
      kind,
      name: message.name,
      ...(message.context ? { context: message.context } : {}),
      x: message.step,
      index,
      epoch: message.epoch,
      dtype: message.dtype,
      ...keyOf(message),
      meta: await described(ports, run, kind, value),
    });
  }
  return objects;
}

async function described(ports: Ports, run: TrackedRun, kind: NewObject['kind'], value: Value): Promise<Value> {
  const rest = without(value, 's3_key', 'blob_key');
  const meta = without(value, 's3_key', 'blob_key', 'data');
  const key = value['s3_key'] ?? value['blob_key'];
  if (typeof key === 'string') return { ...meta, path: pathOfKey(run.extId, key) };
  const { data, format } = value;
  if (typeof data === 'string' && (kind === 'image' || kind === 'audio')) {
    const type = `${kind}/${typeof format === 'string' ? format.toLowerCase().slice(0, 32) : 'unknown'}`;
    return { ...meta, path: await kept(ports, run, kind, { bytes: base64(data), type }) };
  }
  const text = JSON.stringify(data);
  if (data === undefined || Buffer.byteLength(text) <= INLINE_BYTES) return rest;
  const bytes = Buffer.from(text);
  return { ...meta, data_path: await kept(ports, run, kind, { bytes, type: 'application/json' }) };
}

/** Bytes as a file of the run, named by what they are. */
async function kept(
  ports: Ports,
  run: TrackedRun,
  kind: string,
  { bytes, type }: { readonly bytes: Buffer; readonly type: string },
): Promise<string> {
  const path = `seq/${kind}/${createHash('sha256').update(bytes).digest('hex')}`;
  await storeBlob(ports, run.id, {
    projectId: run.projectId,
    path,
    contentType: type,
    content: Readable.from([bytes]),
    limitBytes: ports.config.uploadBytes,
  });
  return path;
}

function base64(text: string): Buffer {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new AppError('tracked-message-invalid', { index: 0, reason: 'data: expected base64' });
  return Buffer.from(text, 'base64');
}
