import type { Sampler } from './sampler.js';
import { fromUnit } from './space.js';

/** Every coordinate uniform on its (log) scale, independent of all results. */
export const randomSampler: Sampler = ({ axes }, _, { float }) =>
  Float64Array.from(axes, (axis) => fromUnit(axis, float()));
