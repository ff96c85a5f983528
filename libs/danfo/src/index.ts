export * from './danfo.js';
