import type sharp from 'sharp';

/** The package is the user's choice; its types are met only where it is. */
export type SharpConstructor = typeof sharp;

/** @throws Error when it is not installed. */
export async function loadSharp(): Promise<SharpConstructor> {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    throw new Error('Pictures are encoded by the package sharp: npm install sharp', { cause: error });
  }
}
