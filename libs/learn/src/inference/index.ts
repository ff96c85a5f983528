export { corrected } from './corrections.js';
export { type CorrectedPaired, correctedPaired } from './paired.js';
export { friedman, meanRanks } from './ranks.js';
export { studentizedRangeTail } from './tails.js';
