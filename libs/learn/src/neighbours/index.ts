export type { NearestList } from './nearest-list.js';
export { type NeighbourFit, type NeighbourOptions, type NeighbourVote, fitNeighbours, nearest } from './neighbours.js';
export { neighbourAlgorithms, neighbourMeans, neighbourProbabilities, neighbourWeights } from './neighbours.js';
