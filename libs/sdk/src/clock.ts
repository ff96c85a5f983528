let lastMicros = 0;

/** Microseconds since 1970, later than every answer before: two rows of one process never share a moment by accident. */
export function micros(): number {
  lastMicros = Math.max(lastMicros + 1, Math.floor((performance.timeOrigin + performance.now()) * 1000));
  return lastMicros;
}

/** The same moment as ISO text with six decimals, as the Python client writes it. */
export function isoOf(moment: number): string {
  const millis = Math.floor(moment / 1000);
  return `${new Date(millis).toISOString().slice(0, -1)}${String(moment % 1000).padStart(3, '0')}Z`;
}

/** Now, as ISO text. */
export const isoNow = (): string => isoOf(micros());
