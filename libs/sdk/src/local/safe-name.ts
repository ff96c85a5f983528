const LONGEST_BYTES = 255;

/**
 * A name as one folder or file, whatever it holds: what has a meaning for some file system is percent-encoded, so that
 * nothing leaves its folder and two names never share one. Servers that decode a path segment read the name again.
 */
export function folderOf(name: string): string {
  let safe = name.replaceAll(/[%/\\:*?"<>|\u0000-\u001F\u007F]/g, encoded);
  if (/^\.+$/.test(safe) || /[. ]$/.test(safe)) safe = safe.slice(0, -1) + encoded(safe.at(-1)!);
  if (safe.startsWith('.')) safe = encoded('.') + safe.slice(1);
  if (safe === '') throw new RangeError('A name must not be empty');
  if (new TextEncoder().encode(safe).length > LONGEST_BYTES)
    throw new RangeError(`The name ${name.slice(0, 40)}… is longer than ${LONGEST_BYTES} bytes`);
  return safe;
}

const encoded = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** The name a folder stands for. */
export function nameOf(folder: string): string {
  try {
    return decodeURIComponent(folder);
  } catch {
    return folder;
  }
}

/**
 * Segments of a path people write with slashes.
 * @throws RangeError for `.` and `..`, backslashes and control characters: such a path is a mistake, or an attack.
 */
export function segmentsOf(path: string): string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  for (const segment of segments) {
    if (segment === '.' || segment === '..' || /[\\\u0000-\u001F\u007F]/.test(segment))
      throw new RangeError(`${JSON.stringify(path)} is no path: ${JSON.stringify(segment)} may not stand in it`);
    if (new TextEncoder().encode(segment).length > LONGEST_BYTES)
      throw new RangeError(`${segment.slice(0, 40)}… is longer than ${LONGEST_BYTES} bytes`);
  }
  return segments;
}
