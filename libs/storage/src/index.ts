export * from './disk-storage.js';
export * from './keys.js';
export * from './storage.js';
