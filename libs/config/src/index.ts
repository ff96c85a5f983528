export * from './child-environment.js';
export * from './config.js';
export * from './logger.js';
export * from './reach.js';
export * from './run-program.js';
export * from './version.js';
export { llamaEngine } from './llama-engine.js';
