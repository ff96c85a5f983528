import { McapWriter } from '@mcap/core';

import type { TrackedTrack } from '#tracking';

const NANOSECONDS = 1e9;
const encoder = new TextEncoder();

/**
 * A track as an MCAP file (https://mcap.dev/spec): one channel of JSON messages, indexed by time; the file is written as it is sent.
 * @param pages rows by time; `timestamp` in seconds becomes the log time in whole nanoseconds, which begin at 0.
 */
export async function* asMcap(
  { topic, description, tags }: TrackedTrack,
  pages: AsyncIterable<readonly Readonly<Record<string, unknown>>[]>,
): AsyncGenerator<Buffer> {
  const output = new Written();
  const writer = new McapWriter({ writable: output });
  await writer.start({ profile: '', library: 'millrace' });
  const data = encoder.encode(JSON.stringify({ type: 'object' }));
  const schemaId = await writer.registerSchema({ name: topic, encoding: 'jsonschema', data });
  const metadata = new Map([
    ['description', description ?? ''],
    ['tags', JSON.stringify(tags)],
  ]);
  const channelId = await writer.registerChannel({ topic, schemaId, messageEncoding: 'json', metadata });
  let sequence = 0;
  for await (const page of pages) {
    for (const { timestamp, ...fields } of page) {
      const time = BigInt(Math.round(Math.max(0, Number(timestamp)) * NANOSECONDS));
      const message = encoder.encode(JSON.stringify(fields));
      await writer.addMessage({ channelId, sequence, logTime: time, publishTime: time, data: message });
      sequence = (sequence + 1) % 2 ** 32;
    }
    yield output.take();
  }
  await writer.end();
  yield output.take();
}

/** What the writer has written and nobody has taken. */
class Written {
  private parts: Uint8Array[] = [];
  private length = 0n;

  write(part: Uint8Array): Promise<void> {
    // The writer uses its buffer again.
    this.parts.push(part.slice());
    this.length += BigInt(part.length);
    return Promise.resolve();
  }

  position(): bigint {
    return this.length;
  }

  take(): Buffer {
    const taken = Buffer.concat(this.parts);
    this.parts = [];
    return taken;
  }
}
