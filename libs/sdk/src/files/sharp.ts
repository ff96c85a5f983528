import type sharp from 'sharp';

/** The package is the user's choice; its types are met only where it is. */
export type SharpConstructor = typeof sharp;
