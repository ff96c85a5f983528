import { gunzipSync } from 'node:zlib';

/** Bounds on an unpacked package; ours are some kilobytes. */
const MAX_BYTES = 64 * 1024 ** 2;
const MAX_FILES = 5000;
const BLOCK = 512;

/** Why a package is not taken, for a person to read. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}

/**
 * The files of an npm package (`.tgz`), path → bytes, without the folder npm wraps them in. Nothing is written and no name of the
 * archive is trusted: links, devices, paths that lead out, names twice and compiled add-ons are refused.
 * @throws PackageError.
 */
export function readPackage(tgz: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const tar = unzip(tgz);
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = octal(header.subarray(124, 136));
    const start = at + BLOCK;
    const content = tar.subarray(start, start + size);
    if (content.length !== size) throw new PackageError('the archive is cut off');
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156]!);
    if (type === 'x') longName = paxPath(content) ?? longName;
    else if (type === 'L') longName = cString(content);
    else if (type === '0' || type === '\0') {
      add(files, longName ?? nameOf(header), content);
      longName = undefined;
    } else if (type === '5' || type === 'g') longName = undefined;
    else throw new PackageError('the archive holds a link or a device');
  }
  if (files.size === 0) throw new PackageError('the archive is empty');
  return files;
}

function unzip(tgz: Uint8Array): Buffer {
  try {
    return gunzipSync(tgz, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    throw new PackageError('the archive is no gzip file of a fitting size', { cause });
  }
}

function add(files: Map<string, Uint8Array>, name: string, content: Uint8Array): void {
  const parts = name.split('/').slice(1);
  const plain = parts.length > 0 && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!plain || /[\\:\p{Cc}]/u.test(name) || name.startsWith('/'))
    throw new PackageError(`the archive holds a path that leads out: ${name.slice(0, 100)}`);
  if (/\.node$/i.test(name)) throw new PackageError('the archive holds a compiled add-on');
  const path = parts.join('/');
  if (files.has(path)) throw new PackageError(`the archive holds ${path} twice`);
  if (files.size >= MAX_FILES) throw new PackageError(`the archive holds more than ${MAX_FILES} files`);
  files.set(path, content);
}

const decoder = new TextDecoder('utf-8');
const cString = (bytes: Uint8Array): string => decoder.decode(bytes).replace(/\0.*$/s, '');

function nameOf(header: Uint8Array): string {
  const name = cString(header.subarray(0, 100));
  const prefix = cString(header.subarray(345, 500));
  return cString(header.subarray(257, 263)).startsWith('ustar') && prefix !== '' ? `${prefix}/${name}` : name;
}

function octal(field: Uint8Array): number {
  const text = cString(field).trim();
  if (!/^[0-7]*$/.test(text)) throw new PackageError('the archive has a header that is not read');
  return text === '' ? 0 : parseInt(text, 8);
}

/** A long path in a pax header: records `<length> key=value\n`. */
function paxPath(content: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(decoder.decode(content))?.[1];
}
