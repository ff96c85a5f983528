const text = new TextEncoder();

/** Bytes in one buffer that grows; `take` gives them away and begins anew. */
export class ByteWriter {
  private bytes = new Uint8Array(1024);
  private view = new DataView(this.bytes.buffer);
  length = 0;

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.length, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, at));
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return at;
  }

  byte(value: number): void {
    const at = this.room(1);
    this.bytes[at] = value;
  }

  u32(value: number): void {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
  }

  /** Replaces four bytes written before: a length that is known afterwards. */
  patchU32(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }

  i64(value: bigint, littleEndian: boolean): void {
    const at = this.room(8);
    this.view.setBigInt64(at, value, littleEndian);
  }

  f64(value: number): void {
    const at = this.room(8);
    this.view.setFloat64(at, value, true);
  }

  raw(bytes: Uint8Array): void {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
  }

  /** Lone surrogates become U+FFFD: the stream is always UTF-8. */
  text(value: string): void {
    this.raw(text.encode(value));
  }

  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}
