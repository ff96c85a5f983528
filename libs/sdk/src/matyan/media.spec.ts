import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Audio, Distribution, Figure, Image, Text } from './media.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-media-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pixels = {
  data: Uint8Array.from({ length: 5 * 3 * 3 }, (_none, place) => place * 5),
  width: 5,
  height: 3,
  channels: 3,
} as const;

describe('pictures', () => {
  it('of raw pixels are PNG, pixel by pixel', async () => {
    for (const channels of [1, 3, 4] as const) {
      const data = Uint8Array.from({ length: 5 * 3 * channels }, (_none, place) => (place * 37) % 256);
      const image = new Image({ data, width: 5, height: 3, channels }, { caption: 'c' });
      expect(image).toMatchObject({ format: 'PNG', width: 5, height: 3, caption: 'c', size: image.bytes.length });
      const read = await sharp(image.bytes)
        .toColourspace(channels === 1 ? 'b-w' : 'srgb')
        .raw()
        .toBuffer();
      expect([...read]).toEqual([...data]);
    }
    expect(() => new Image({ ...pixels, width: 6 })).toThrow(RangeError);
  });

  it('in files and bytes are known by their first bytes', async () => {
    for (const format of ['png', 'jpeg', 'gif', 'webp'] as const) {
      const bytes = await sharp({ create: { width: 7, height: 4, channels: 3, background: 'red' } })
        .toFormat(format)
        .toBuffer();
      await writeFile(join(folder, 'picture'), bytes);
      const image = new Image(join(folder, 'picture'));
      expect(image.describe()).toMatchObject({
        type: 'image',
        format: format.toUpperCase(),
        ...(format === 'webp' ? {} : { width: 7, height: 4 }),
      });
      expect(new Image(bytes).contentType).toBe(`image/${format}`);
    }
    expect(() => new Image(join(folder, 'absent'))).toThrow('ENOENT');
  });

  it('are encoded on demand', async () => {
    const image = await Image.encode(pixels, { caption: 'j', quality: 50 });
    expect(image.describe()).toEqual({ type: 'image', caption: 'j', format: 'JPEG', width: 5, height: 3 });
  });
});

describe('sounds', () => {
  const samplesOf = ({ bytes }: Audio): number[] => [...new Int16Array(Uint8Array.from(bytes.subarray(44)).buffer)];

  it('of samples are WAV', () => {
    const audio = new Audio(Float32Array.of(0, 0.5, -1, 1));
    expect(Buffer.from(audio.bytes.subarray(0, 4)).toString()).toBe('RIFF');
    const view = new DataView(audio.bytes.buffer);
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true)]).toEqual([1, 22_050, 16]);
    expect(samplesOf(audio)).toEqual([0, 16384, -32767, 32767]);
    expect(audio.describe()).toEqual({ type: 'audio', caption: '', format: 'wav', rate: 22_050 });
  });

  it('have channels, and are made softer when they are too loud', () => {
    expect(samplesOf(new Audio([[0, 2], [1, -2]], { rate: 8000 }))).toEqual([0, 16384, 32767, -32767]); // prettier-ignore
    expect(samplesOf(new Audio(Int16Array.of(1, -32768)))).toEqual([1, -32768]);
    expect(() => new Audio([])).toThrow(RangeError);
    expect(() => new Audio([[1], [1, 2]])).toThrow(RangeError);
    expect(() => new Audio([1], { rate: 0.5 })).toThrow(RangeError);
  });

  it('in bytes stay as they are', () => {
    expect(new Audio(Uint8Array.of(1, 2), { format: 'mp3' })).toMatchObject({
      format: 'mp3',
      contentType: 'audio/mp3',
    });
  });
});

describe('the rest', () => {
  it('texts and figures', () => {
    expect(new Text('hé').describe()).toEqual({ type: 'text', data: 'hé' });
    expect(new Figure({ toJSON: () => ({ data: [1] }) }).describe()).toEqual({ type: 'figure', data: '{"data":[1]}' });
    expect(() => new Figure([] as object)).toThrow(TypeError);
  });

  it('distributions have 64 bins, at most 512', () => {
    expect(Distribution.fromSamples([1, 2, 3]).binCount).toBe(64);
    expect(Distribution.from_samples([1, Number.NaN, 3, Infinity], 2).weights).toEqual([1, 1]);
    expect(new Distribution({ samples: [1, 2], binCount: 9999 }).binCount).toBe(512);
    expect(Distribution.from_histogram([1, 2], [0, 4]).describe()).toEqual({
      type: 'distribution',
      data: [1, 2],
      bin_count: 2,
      range: [0, 4],
    });
    expect(() => Distribution.fromSamples([1], 0)).toThrow(RangeError);
    expect(() => Distribution.fromHistogram([1], [4, 4])).toThrow(RangeError);
    expect(() => Distribution.fromHistogram([], [0, 1])).toThrow(RangeError);
  });
});
