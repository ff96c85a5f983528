/** What is wrong with a stream, or with a tree that does not fit into one. */
export type CodecFault = 'truncated' | 'too-large' | 'too-deep' | 'bad-key' | 'bad-value' | 'conflict';

/** Bytes that are no stream of records, or a tree the format cannot hold. */
export class CodecError extends Error {
  constructor(
    readonly fault: CodecFault,
    message: string,
  ) {
    super(message);
    this.name = 'CodecError';
  }
}
