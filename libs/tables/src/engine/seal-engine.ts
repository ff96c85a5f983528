import { createRequire } from 'node:module';

import { DuckDBInstance, DuckDBInstanceCache } from '@duckdb/node-api';

const BINDING = /[\\/]@duckdb[\\/]node-bindings/;

/**
 * No further engine is opened in this thread: one that other code opens would read whatever the process's user may, past the rules of
 * Node. The engines there are work on. Whoever loads the binding anew is for `process.dlopen` to refuse.
 */
export function sealEngine(): void {
  const refused = (): never => {
    throw new Error('no further engine may be opened here');
  };
  const fixed = { value: refused, writable: false, configurable: false };
  Object.defineProperty(DuckDBInstance, 'create', fixed);
  Object.defineProperty(DuckDBInstance, 'fromCache', fixed);
  Object.defineProperty(DuckDBInstanceCache.prototype, 'getOrCreateInstance', fixed);
  // The binding's own functions cannot be replaced; who asks for it gets an empty one.
  for (const [path, module] of Object.entries(createRequire(import.meta.url).cache))
    if (BINDING.test(path) && module) module.exports = Object.freeze({});
}
