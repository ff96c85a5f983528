import sharp from 'sharp';

/** Longer side in pixels. */
const SIDE = 64;
/** Pixels a picture may claim: what a bomb of a few bytes unpacks to is bounded by it. */
const MAX_PIXELS = 100_000_000;

/** A small PNG of a picture, upright; null when its bytes are no picture. */
export async function thumbnailOf(bytes: Buffer): Promise<Buffer | null> {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, pages: 1, failOn: 'error' })
      .autoOrient()
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9, palette: true })
      .toBuffer();
  } catch {
    return null;
  }
}

/** A thumbnail as a cell shows it. */
export const dataUri = (thumbnail: Uint8Array | null): string =>
  thumbnail === null ? '[Image]' : `data:image/png;base64,${Buffer.from(thumbnail).toString('base64')}`;
