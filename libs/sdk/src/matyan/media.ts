import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

import { loadSharp } from '../files/sharp.js';
import type { RawFrame } from '../files/video.js';
import { alsoSnake } from '../snake.js';
import { writeJson } from '../values/numbers-json.js';
import { plainOf } from '../values/plain.js';
import { histogram } from './histogram.js';
import { pictureOf, pngOf } from './png.js';
import { type Samples, wavOf } from './wav.js';

/** What `run.track` takes beside numbers: a description, and the bytes that are uploaded beside it. */
export interface Media {
  readonly kind: 'image' | 'audio' | 'text' | 'distribution' | 'figure';
  /** What the server is told, without bytes. */
  describe(): Readonly<Record<string, unknown>>;
  readonly bytes?: Uint8Array;
  readonly contentType?: string;
}

/** A picture: a path, bytes in any format, or raw pixels, which become a PNG. */
export class Image implements Media {
  readonly kind = 'image';
  readonly bytes: Uint8Array;
  readonly caption: string;
  readonly format: string;
  readonly width: number | undefined;
  readonly height: number | undefined;

  constructor(
    image: string | Uint8Array | RawFrame,
    { caption = '', format }: { caption?: string; format?: string } = {},
  ) {
    this.bytes = typeof image === 'string' ? readFileSync(image) : image instanceof Uint8Array ? image : pngOf(image);
    const found = pictureOf(this.bytes);
    this.caption = caption;
    this.format = format ?? found.format;
    this.width = found.width;
    this.height = found.height;
  }

  /** Raw pixels in another format; needs the package `sharp`. */
  static async encode(
    { data, ...raw }: RawFrame,
    { caption, format = 'jpeg', quality = 90, optimize = false }: ImageEncoding = {},
  ): Promise<Image> {
    const picture = (await loadSharp())(data, { raw });
    const options = format === 'png' ? (optimize ? { compressionLevel: 9 } : {}) : { quality };
    const bytes = await picture.toFormat(format, options).toBuffer();
    return new Image(bytes, { ...(caption === undefined ? {} : { caption }) });
  }

  get size(): number {
    return this.bytes.length;
  }
  get contentType(): string {
    return `image/${this.format.toLowerCase()}`;
  }
  describe(): Readonly<Record<string, unknown>> {
    const { caption, format, width = null, height = null } = this;
    return { type: 'image', caption, format, width, height };
  }
}
/** How raw pixels are written. */
export interface ImageEncoding {
  readonly caption?: string;
  readonly format?: 'png' | 'jpeg' | 'webp';
  /** 1 to 100, of JPEG and WebP. */
  readonly quality?: number;
  readonly optimize?: boolean;
}

/** A sound: a path, bytes, or samples (of several channels as a list of them), which become a WAV. */
export class Audio implements Media {
  readonly kind = 'audio';
  readonly bytes: Uint8Array;
  readonly caption: string;
  readonly format: string;
  readonly rate: number;

  constructor(
    audio: string | Uint8Array | Samples | readonly Samples[],
    { caption = '', format = '', rate = 22_050 }: { caption?: string; format?: string; rate?: number } = {},
  ) {
    const isFile = typeof audio === 'string' || audio instanceof Uint8Array;
    if (isFile) this.bytes = typeof audio === 'string' ? readFileSync(audio) : audio;
    else this.bytes = wavOf(isChannels(audio) ? audio : [audio], rate);
    const ending = typeof audio === 'string' ? extname(audio).slice(1).toLowerCase() : '';
    this.format = isFile ? format || ending || 'wav' : 'wav';
    this.caption = caption;
    this.rate = rate;
  }

  get contentType(): string {
    return `audio/${this.format}`;
  }
  describe(): Readonly<Record<string, unknown>> {
    return { type: 'audio', caption: this.caption, format: this.format, rate: this.rate };
  }
}
const isChannels = (audio: Samples | readonly Samples[]): audio is readonly Samples[] => typeof audio[0] === 'object';

/** A text. */
export class Text implements Media {
  readonly kind = 'text';
  constructor(readonly data: string) {}
  describe(): Readonly<Record<string, unknown>> {
    return { type: 'text', data: this.data };
  }
}

const MOST_BINS = 512;

/** A histogram: of samples, or one that is counted already. */
export class Distribution implements Media {
  readonly kind = 'distribution';
  readonly weights: readonly number[];
  readonly range: readonly [number, number];

  constructor(given: DistributionInput) {
    if ('samples' in given) {
      const { binCount = 64 } = given;
      if (!Number.isInteger(binCount) || binCount < 1) throw new RangeError('binCount is a whole number from 1');
      const { weights, range } = histogram(given.samples, Math.min(binCount, MOST_BINS));
      this.weights = weights;
      this.range = range;
      return;
    }
    const [low, high] = given.binRange;
    if (given.hist.length < 1 || given.hist.length > MOST_BINS || !(low < high))
      throw new RangeError(`A histogram has 1 to ${MOST_BINS} bins from a lower to a higher value`);
    this.weights = Array.from(given.hist);
    this.range = [low, high];
  }

  static fromSamples(samples: ArrayLike<number>, binCount = 64): Distribution {
    return new Distribution({ samples, binCount });
  }
  static fromHistogram(hist: ArrayLike<number>, binRange: readonly [number, number]): Distribution {
    return new Distribution({ hist, binRange });
  }
  declare static from_samples: typeof Distribution.fromSamples;
  declare static from_histogram: typeof Distribution.fromHistogram;

  get binCount(): number {
    return this.weights.length;
  }
  describe(): Readonly<Record<string, unknown>> {
    return { type: 'distribution', data: this.weights, bin_count: this.binCount, range: this.range };
  }
}
Distribution.from_samples = (samples, binCount) => Distribution.fromSamples(samples, binCount);
Distribution.from_histogram = (hist, binRange) => Distribution.fromHistogram(hist, binRange);
alsoSnake(Distribution);

/** What a distribution is made of. */
export type DistributionInput =
  | { readonly samples: ArrayLike<number>; readonly binCount?: number }
  | { readonly hist: ArrayLike<number>; readonly binRange: readonly [number, number] };

/** A figure: Plotly's JSON, or anything whose `toJSON` gives it. @throws TypeError for other values. */
export class Figure implements Media {
  readonly kind = 'figure';
  readonly data: unknown;
  constructor(figure: object) {
    const plain = typeof figure === 'object' && !Array.isArray(figure) ? plainOf(figure) : undefined;
    if (typeof plain !== 'object' || plain === null)
      throw new TypeError('A figure is an object: Plotly JSON, or one with toJSON');
    this.data = plain;
  }
  describe(): Readonly<Record<string, unknown>> {
    return { type: 'figure', data: writeJson(this.data) };
  }
}

/** Whether a value is one of them. */
export const isMedia = (value: unknown): value is Media =>
  typeof value === 'object' && value !== null && 'describe' in value && 'kind' in value;
