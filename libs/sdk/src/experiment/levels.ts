/** How grave a log line is. */
export const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
/** One of them. */
export type Level = (typeof LEVELS)[number];

/** Reads a level however it is written. @throws RangeError for others. */
export function levelOf(text: string): Level {
  const level = text.toLowerCase() as Level;
  if (!LEVELS.includes(level)) throw new RangeError(`There is no level ${text}; there are ${LEVELS.join(', ')}`);
  return level;
}
