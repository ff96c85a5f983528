/** Bounds on what one client may make the server hold or wait for. */
export interface Limits {
  /** From connecting to the last header. */
  readonly headersMs: number;
  /** From the last header to the end of a body that is not a form. */
  readonly bodyMs: number;
  /** What is still read of a body that was refused, so that its sender gets the answer. */
  readonly restBytes: number;
  /** Silence on a connection, also in the middle of an upload. */
  readonly idleMs: number;
  /** Of an address and all headers together. */
  readonly headerBytes: number;
  readonly connections: number;
  readonly jsonDepth: number;
  readonly parts: number;
  readonly fieldNameBytes: number;
}

/**
 * What a server on one machine stands; uploads may take hours as long as bytes keep coming. An address may hold the longest query the
 * contract permits, escaped character by character; all connections at once could make the server hold 400 MB of them, for 10 s.
 */
export const defaultLimits: Limits = {
  headersMs: 10_000,
  bodyMs: 30_000,
  restBytes: 64_000_000,
  idleMs: 120_000,
  headerBytes: 98_304,
  connections: 4096,
  jsonDepth: 100,
  parts: 1000,
  fieldNameBytes: 200,
};
