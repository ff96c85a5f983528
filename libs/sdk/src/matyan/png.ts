import { crc32Of } from './crc32.js';
import { deflateSync } from 'node:zlib';

import type { RawFrame } from '../files/video.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const;

/** A PNG of raw pixels: grey, RGB or RGBA. @throws RangeError when the sizes do not fit. */
export function pngOf({ data, width, height, channels }: RawFrame): Uint8Array {
  if (width < 1 || height < 1 || data.length !== width * height * channels)
    throw new RangeError(`A picture of ${width} × ${height} × ${channels} has not ${data.length} values`);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, COLOUR_TYPES[channels], 0, 0, 0], 8);
  const line = width * channels;
  const lines = Buffer.alloc(height * (line + 1));
  for (let row = 0; row < height; row += 1)
    lines.set(data.subarray(row * line, (row + 1) * line), row * (line + 1) + 1);
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32Of(named));
  return Buffer.concat([length, named, sum]);
}

/** What the first bytes of a picture say of it. */
export function pictureOf(bytes: Uint8Array): { format: string; width?: number; height?: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = (...signs: number[]): boolean => signs.every((sign, place) => bytes[place] === sign);
  if (begins(...SIGNATURE) && bytes.length > 24)
    return { format: 'PNG', width: view.getUint32(16), height: view.getUint32(20) };
  if (begins(0x47, 0x49, 0x46, 0x38) && bytes.length > 10)
    return { format: 'GIF', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (begins(0xff, 0xd8)) return { format: 'JPEG', ...jpegSize(view) };
  if (begins(0x52, 0x49, 0x46, 0x46)) return { format: 'WEBP' };
  return { format: 'UNKNOWN' };
}

/** The first frame header (SOF) of a JPEG. */
function jpegSize(view: DataView): { width?: number; height?: number } {
  for (let at = 2; at + 9 < view.byteLength && view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return {};
}
