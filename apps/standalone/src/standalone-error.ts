/** Millrace cannot start or go on; the message is a whole sentence for the person at the terminal. */
export class StandaloneError extends Error {
  override readonly name = 'StandaloneError';
}
