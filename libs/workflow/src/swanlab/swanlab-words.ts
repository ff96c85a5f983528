import type { SwanStatus } from '#contract';
import type { TrackedSeries, TrackedStatus } from '#tracking';

/** The palette of its page, for light and dark alike; an experiment's colour goes by its place (`reference/trackers` 3a). */
export const COLOURS: readonly string[] =
  '528d59 587ad2 c24d46 9cbe5d 6ebad3 dfb142 6d4ba4 8cc5b7 892d58 40877c d0703c d47694 e3b292 b15fbb 905f4a 989fa3'
    .split(' ')
    .map((hex) => `#${hex}`);

/** The colour of the experiment at a place, from 1. */
export const colourAt = (place: number): string => COLOURS[(place - 1) % COLOURS.length]!;

/** 0 running, 1 finished, -1 stopped, crashed or lost. */
export function swanStatus(status: TrackedStatus): SwanStatus {
  if (status === 'running' || status === 'queued') return 0;
  return status === 'completed' ? 1 : -1;
}

/** A moment as Python writes it, with microseconds: milliseconds since 1970, fractions kept. */
export function swanDate(at: Date | number): string {
  const ms = Number(at);
  const whole = Math.floor(ms);
  const micros = Math.round((ms - whole) * 1000);
  return micros === 1000 ? swanDate(whole + 1) : `${new Date(whole).toISOString().slice(0, -1)}${pad(micros)}+00:00`;
}
const pad = (micros: number): string => String(micros).padStart(3, '0');

/** The name a series has here: its own, followed by its context where it has one: `loss {subset=val}`. */
export function tagName({ name, context }: Pick<TrackedSeries, 'name' | 'context'>): string {
  const parts = Object.entries(context).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return parts.length === 0 ? name : `${name} {${parts.join(', ')}}`;
}

/** Where its chart stands: what comes before the first slash. */
export const groupOf = (tag: string): string => {
  const slash = tag.indexOf('/');
  return slash > 0 ? tag.slice(0, slash) : 'default';
};

/** A value where the field is free text: JSON has no NaN and no infinities (`reference/trackers` 3c.6). */
export const freeNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
