import { type FileAnswer, OPERATOR } from '#contract';
import { type Branch, decodeStream } from '#matyan';

import type { Ports } from '../../ports.js';
import { ingestMessages } from '../ingest/ingest-messages.js';
import type { SearchCall } from './search-runs.js';

/** A caller in the east, who stays. */
export const call = (change: Partial<SearchCall> = {}): SearchCall => ({
  caller: OPERATOR,
  timezoneOffset: 0,
  signal: new AbortController().signal,
  ...change,
});

/** Says messages to a run as its client would; the run is created with the first. */
export async function say(ports: Ports, hash: string, ...messages: object[]): Promise<void> {
  const create = { type: 'create_run', client_datetime: '2026-01-01T00:00:00Z' };
  const reply = await ingestMessages(ports, { caller: OPERATOR, hash }, [create, ...messages], call().signal);
  if (reply.status !== 'ok') throw new Error(String(reply.error));
}

export interface Decoded {
  readonly branches: readonly Branch[];
  /** Branches that are no progress, by their names. */
  readonly found: ReadonlyMap<string | number, unknown>;
  readonly progress: readonly unknown[];
  /** Bytes of each chunk. */
  readonly chunks: readonly number[];
}

/** An answer as the client reads it. */
export async function decoded({ content, mediaType }: FileAnswer): Promise<Decoded> {
  if (mediaType !== 'application/octet-stream') throw new Error(`the media type is ${mediaType}`);
  const chunks: number[] = [];
  const branches: Branch[] = [];
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      chunks.push(chunk.length);
      yield chunk;
    }
  };
  for await (const branch of decodeStream(counted())) branches.push(branch);
  const isProgress = ({ key }: Branch): boolean => String(key).startsWith('progress_');
  return {
    branches,
    found: new Map(branches.filter((branch) => !isProgress(branch)).map(({ key, tree }) => [key, tree])),
    progress: branches.filter(isProgress).map(({ tree }) => tree),
    chunks,
  };
}
