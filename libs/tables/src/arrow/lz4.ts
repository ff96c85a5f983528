const MAGIC = 0x184d2204;
/** Bytes one buffer of a column may unpack to. */
const MAX_BYTES = 1 << 29;
const MIN_MATCH = 4;

/**
 * The bytes of one LZ4 frame, as Arrow's writers make them (format: lz4_Frame_format.md 1.6, lz4_Block_format.md); checksums are
 * passed over.
 * @throws RangeError for what is no LZ4 frame or unpacks to more than 512 MiB.
 */
export function unpackLz4(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('LZ4 frame');
  const flags = view.getUint8(4);
  const hasBlockSums = (flags & 0x10) !== 0;
  const hasSize = (flags & 0x08) !== 0;
  let at = 6 + (hasSize ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0) + 1;
  const output = new Output(hasSize ? Number(view.getBigUint64(6, true)) : frame.length * 4);
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) return output.bytes();
    const size = word & 0x7fffffff;
    const block = frame.subarray(at, at + size);
    if (block.length < size) throw new RangeError('LZ4 block');
    if (word >>> 31 === 1) output.append(block, 0, size);
    else unpackBlock(block, output);
    at += size + (hasBlockSums ? 4 : 0);
  }
}

function unpackBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const length = (start: number): number => {
    let sum = start;
    if (start < 15) return sum;
    let more = 255;
    while (more === 255) {
      if (at >= block.length) throw new RangeError('LZ4 length');
      more = block[at++]!;
      sum += more;
    }
    return sum;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = length(token >>> 4);
    if (at + literals > block.length) throw new RangeError('LZ4 literals');
    output.append(block, at, literals);
    at += literals;
    if (at === block.length) return;
    const offset = block[at]! | (block[at + 1]! << 8);
    at += 2;
    output.repeat(offset, length(token & 15) + MIN_MATCH);
  }
}

class Output {
  private buffer: Uint8Array;
  private size = 0;

  constructor(expected: number) {
    this.buffer = new Uint8Array(Math.min(Math.max(expected, 64), MAX_BYTES));
  }

  append(source: Uint8Array, start: number, count: number): void {
    this.reserve(count);
    this.buffer.set(source.subarray(start, start + count), this.size);
    this.size += count;
  }

  /** Copies what lies `offset` bytes back; source and target may overlap, which repeats a pattern. */
  repeat(offset: number, count: number): void {
    if (!(offset > 0 && offset <= this.size)) throw new RangeError('LZ4 offset');
    this.reserve(count);
    for (let left = count, from = this.size - offset; left > 0; left--) this.buffer[this.size++] = this.buffer[from++]!;
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.size);
  }

  private reserve(count: number): void {
    const needed = this.size + count;
    if (needed <= this.buffer.length) return;
    if (needed > MAX_BYTES) throw new RangeError('LZ4 size');
    const larger = new Uint8Array(Math.min(MAX_BYTES, Math.max(needed, 2 * this.buffer.length)));
    larger.set(this.buffer.subarray(0, this.size));
    this.buffer = larger;
  }
}
