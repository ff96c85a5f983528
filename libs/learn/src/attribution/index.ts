export { type Coalitions, coalitionsOf } from './coalitions.js';
export { shapleyValues } from './shapley.js';
