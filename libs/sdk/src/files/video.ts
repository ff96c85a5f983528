import { extname } from 'node:path';

import { loadSharp, type SharpConstructor } from './sharp.js';

/** One frame of raw pixels: grey, RGB or RGBA, row by row. */
export interface RawFrame {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

/**
 * Encodes frames (raw pixels, or pictures in any format) as an animated webp or gif.
 * @throws RangeError for other endings and for frames of different sizes, Error when `sharp` is not installed.
 */
export async function encodeFrames(
  frames: readonly unknown[],
  { to, fps = 20, quality }: { readonly to: string; readonly fps?: number; readonly quality?: number },
): Promise<Uint8Array> {
  const ending = extname(to).toLowerCase();
  if (ending !== '.webp' && ending !== '.gif')
    throw new RangeError(
      `${to}: animations are written as .webp or .gif; encode other formats yourself and save the file`,
    );
  if (frames.length === 0) throw new RangeError('A video needs at least one frame');
  if (!(fps > 0)) throw new RangeError('fps is a number above 0');
  const sharp = await loadSharp();
  const raw = await Promise.all(frames.map((frame) => rawOf(sharp, frame)));
  const [first] = raw as [RawFrame, ...RawFrame[]];
  for (const { width, height, channels } of raw)
    if (width !== first.width || height !== first.height || channels !== first.channels)
      throw new RangeError('The frames of a video have one size');
  const { width, height, channels } = first;
  const tall = Buffer.concat(raw.map(({ data }) => Buffer.from(data)));
  const picture = sharp(tall, { raw: { width, height: height * raw.length, channels, pageHeight: height } });
  const delay = frames.map(() => Math.max(1, Math.round(1000 / fps)));
  return ending === '.gif'
    ? picture.gif({ delay, loop: 0 }).toBuffer()
    : picture.webp({ delay, loop: 0, ...(quality === undefined ? {} : { quality }) }).toBuffer();
}

async function rawOf(sharp: SharpConstructor, frame: unknown): Promise<RawFrame> {
  if (isRaw(frame)) {
    const { data, width, height, channels } = frame;
    if (data.length !== width * height * channels)
      throw new RangeError(
        `A frame of ${width} × ${height} × ${channels} has ${width * height * channels} values, not ${data.length}`,
      );
    return frame;
  }
  if (!(frame instanceof Uint8Array) && typeof frame !== 'string')
    throw new TypeError('A frame is { data, width, height, channels }, the bytes of a picture, or its path');
  const { data, info } = await sharp(frame).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}

const isRaw = (frame: unknown): frame is RawFrame =>
  typeof frame === 'object' && frame !== null && 'data' in frame && 'width' in frame && 'channels' in frame;
