import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of an archive written by hand, so that it can say what no packer would. */
export interface HandEntry {
  readonly name: string;
  readonly content: Buffer;
  /** Bits of its flags: 1 says that it is encrypted. */
  readonly flags?: number;
  /** Size the directory claims once unpacked. */
  readonly claimedSize?: number;
}

interface Written {
  readonly name: Buffer;
  readonly flags: number;
  readonly sum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

const UTF8_NAME = 0x800;
const DEFLATE = 8;

/** The archive of these entries. */
export function zipBytes(entries: readonly HandEntry[]): Buffer {
  let offset = 0;
  const written: Written[] = [];
  const bodies = entries.map(({ name, content, flags = 0, claimedSize = content.length }) => {
    const packed = deflateRawSync(content);
    const entry = {
      name: Buffer.from(name),
      flags: flags | UTF8_NAME,
      sum: crc32(content),
      packedSize: packed.length,
      size: claimedSize,
      offset,
    };
    const body = Buffer.concat([localHeader(entry), packed]);
    offset += body.length;
    written.push(entry);
    return body;
  });
  return withDirectory(Buffer.concat(bodies), written);
}

/** One packed content that the directory names as so many files: small, and large once unpacked. */
export function overlappingZip(content: Buffer, names: readonly string[]): Buffer {
  const packed = deflateRawSync(content);
  const entry = { flags: UTF8_NAME, sum: crc32(content), packedSize: packed.length, size: content.length, offset: 0 };
  const written = names.map((name) => ({ ...entry, name: Buffer.from(name) }));
  return withDirectory(Buffer.concat([localHeader(written[0]!), packed]), written);
}

function localHeader({ name, flags, sum, packedSize, size }: Written): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(DEFLATE, 8);
  header.writeUInt32LE(sum, 14);
  header.writeUInt32LE(packedSize, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function withDirectory(bodies: Buffer, written: readonly Written[]): Buffer {
  const directory = Buffer.concat(written.map(directoryEntry));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(bodies.length, 16);
  return Buffer.concat([bodies, directory, end]);
}

function directoryEntry({ name, flags, sum, packedSize, size, offset }: Written): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(flags, 8);
  entry.writeUInt16LE(DEFLATE, 10);
  entry.writeUInt32LE(sum, 16);
  entry.writeUInt32LE(packedSize, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}
