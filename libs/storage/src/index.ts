export * from './disk-storage.js';
export * from './keys.js';
export * from './scratch-storage.js';
export * from './storage.js';
