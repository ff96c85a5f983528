export * from './store/open-tracking-store.js';
export * from './store/tracked-types.js';
export * from './store/tracking-store.js';
export * from './tracking.js';
