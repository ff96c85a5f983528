export * from './child-environment.js';
export * from './config.js';
export * from './logger.js';
export * from './run-program.js';
export * from './version.js';
export { type LlamaEngine, llamaEngine } from './llama-engine.js';
