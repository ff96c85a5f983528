/** The embedded Postgres or a home folder cannot be used; the message is a whole sentence for the person at the terminal. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}
