/** Slicing by four: table[k][b] is the CRC of byte b followed by k zero bytes. */
const tables = (() => {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  const list = [first];
  for (let k = 1; k < 4; k++) list.push(list[k - 1]!.map((crc) => (crc >>> 8) ^ first[crc & 255]!));
  return list as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
})();

/** The CRC-32 of ISO 3309 (as in zip and PNG) of these bytes, a uint32. */
export function crc32(bytes: Uint8Array): number {
  const [t0, t1, t2, t3] = tables;
  let crc = ~0;
  let i = 0;
  for (const end = bytes.length - 3; i < end; i += 4) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    crc = t3[crc & 255]! ^ t2[(crc >>> 8) & 255]! ^ t1[(crc >>> 16) & 255]! ^ t0[crc >>> 24]!;
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[i]!) & 255]!;
  return ~crc >>> 0;
}
