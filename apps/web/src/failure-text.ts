import type { Say } from './language.js';

/** What went wrong, for the reader: the server's sentence, or that nobody answers, which `fetch` tells in its own English. */
export function failureText(say: Say, error: unknown): string {
  if (error instanceof TypeError) return say('no-answer');
  return error instanceof Error ? error.message : String(error);
}
