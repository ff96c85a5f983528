export { corrected } from './corrections.js';
export { type CorrectedPaired, correctedPaired, plainPaired } from './paired.js';
export { friedman, meanRanks } from './ranks.js';
export { type RepeatedAnova, repeatedAnova, tukeyPairs } from './repeated-anova.js';
export { type ShapiroWilk, shapiroWilk } from './shapiro.js';
export { type SignedRanks, signedRanks } from './signed-ranks.js';
export { studentizedRangeTail } from './tails.js';
export { bartlett, type GroupTest, levene } from './variances.js';
