import type { MatyanSequence } from '#contract';
import type { SeriesKind } from '#tracking';

const SEQUENCES: Readonly<Record<SeriesKind, MatyanSequence>> = {
  number: 'metric',
  object: 'metric',
  image: 'images',
  text: 'texts',
  distribution: 'distributions',
  audio: 'audios',
  figure: 'figures',
};

/** Under which heading the client lists a series; whatever is no known object counts as a metric. */
export const sequenceOf = (kind: SeriesKind): MatyanSequence => SEQUENCES[kind];

/** The kind of an object, by what the client calls its type. */
export const kindOf = (type: unknown): SeriesKind =>
  typeof type === 'string' && type !== 'number' && Object.hasOwn(SEQUENCES, type) ? (type as SeriesKind) : 'object';
