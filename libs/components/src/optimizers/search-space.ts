import type { SearchDimension } from '#contract';
import type { Choice, Dimension, SearchSpace as LearnSpace } from '#learn';

import type { SearchSpace } from '../kit/optimizer.js';

/** The space as the samplers take it; a range that reaches 0 is drawn linearly whatever the parameter says. */
export function learnSpace(space: SearchSpace): LearnSpace {
  return Object.fromEntries(Object.entries(space).map(([name, dimension]) => [name, learnDimension(dimension)]));
}

function learnDimension(dimension: SearchDimension): Dimension {
  if (dimension.kind === 'choice') return { kind: 'categorical', choices: dimension.choices as readonly Choice[] };
  return { ...dimension, log: dimension.log && dimension.low > 0 };
}
