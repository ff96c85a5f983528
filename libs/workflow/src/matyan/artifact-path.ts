import { AppError } from '#contract';

const MAX_SEGMENT = 255;

/**
 * The logical path of a file as the client spelt it, in one spelling: no empty or `.` segments, slashes between. It is never a path of
 * the server, yet archives carry it to other machines. @throws AppError `artifact-path-invalid`.
 */
export function artifactPath(given: string): string {
  const segments = given.split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.');
  const bad = segments.some(
    (segment) => segment === '..' || segment.length > MAX_SEGMENT || /[\p{Cc}\p{Cs}]/u.test(segment),
  );
  if (bad || segments.length === 0) throw new AppError('artifact-path-invalid', { path: given.slice(0, 100).replaceAll(/[\p{Cc}\p{Cs}]/gu, '�') }); // prettier-ignore
  return segments.join('/');
}

/** The path within a run that a storage key of the client names; keys of other runs and keys without a run are paths as they stand. */
export function pathOfKey(hash: string, key: string): string {
  return artifactPath(key.startsWith(`${hash}/`) ? key.slice(hash.length + 1) : key);
}
