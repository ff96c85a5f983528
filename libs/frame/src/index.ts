export * from './columns.js';
export * from './encoder.js';
export * from './frame.js';
export * from './records.js';
export * from './target.js';
