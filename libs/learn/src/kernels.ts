import type { Kernels } from '#linalg';

import { openBoosting } from './boosting/boosting-work.js';
import { openBinning } from './trees/bins.js';
import { growTrees } from './trees/forest-kernel.js';

/** Every kernel of this library that helper threads may run (see `Parallel`). */
export const kernels = { 'grow-trees': growTrees, 'bin-columns': openBinning, boost: openBoosting } satisfies Kernels;
