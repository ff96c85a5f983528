import { basename, dirname, extname } from 'node:path/posix';

/** Kinds of pictures that are read, by the end of their name; SVG is none, for it is a program. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.webp': 'image/webp',
};
export const IMAGE_EXTENSIONS = Object.keys(MEDIA_TYPES);

/** The media type of a picture by its name; undefined for what is none. */
export const mediaTypeOf = (name: string): string | undefined => MEDIA_TYPES[extname(name).toLowerCase()];

/** The folder right above a picture, which names its class; null at the top. */
export function labelOf(name: string): string | null {
  const folder = dirname(name);
  return folder === '.' ? null : basename(folder);
}
