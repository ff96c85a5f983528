/** Samples of one channel, or of several: floats from -1 to 1, or 16-bit numbers. */
export type Samples = readonly number[] | Float32Array | Float64Array | Int16Array;

const HEAD = 44;
const LOUDEST = 32_767;

/** A WAV file, 16 bits a sample. Floats louder than 1 are all made softer, so that the loudest is 1. @throws RangeError */
export function wavOf(channels: readonly Samples[], rate: number): Uint8Array {
  const length = channels[0]?.length ?? 0;
  if (length === 0 || channels.some((channel) => channel.length !== length))
    throw new RangeError('Audio needs at least one sample, and as many in each channel');
  if (!Number.isInteger(rate) || rate < 1) throw new RangeError('The rate is a whole number of samples a second');
  const count = channels.length;
  const bytes = new Uint8Array(HEAD + length * count * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string): void => {
    for (let place = 0; place < letters.length; place += 1) view.setUint8(at + place, letters.charCodeAt(place));
  };
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, count, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * count * 2, true);
  view.setUint16(32, count * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, bytes.length - HEAD, true);
  const scale = scaleOf(channels);
  for (const [channel, samples] of channels.entries())
    for (let place = 0; place < length; place += 1) {
      const value = Math.round((samples[place] ?? 0) * scale);
      view.setInt16(HEAD + (place * count + channel) * 2, Math.max(-LOUDEST - 1, Math.min(LOUDEST, value)), true);
    }
  return bytes;
}

function scaleOf(channels: readonly Samples[]): number {
  if (channels.every((samples) => samples instanceof Int16Array)) return 1;
  let loudest = 1;
  for (const samples of channels)
    for (const sample of samples) if (Math.abs(sample) > loudest) loudest = Math.abs(sample);
  return LOUDEST / loudest;
}
