import type { Entry, Flushed, Sink, TrackRange, TrackSummary } from '../sink.js';
import { flatten } from '../values/flatten.js';
import { fitsGlob } from '../values/glob.js';
import { checkLabel } from '../values/label.js';
import type { Timestamps } from './timestamps.js';

/** One track: entries in time, such as the readings of a sensor. */
export class Track {
  constructor(
    private readonly writable: () => Sink,
    private readonly open: () => Sink,
    private readonly timestamps: Timestamps,
    readonly topic: string,
  ) {}

  /** Adds an entry at `_ts` seconds, now when absent, -1 for the time of the entry before. Entries of one time are merged. */
  append(values: Readonly<Record<string, unknown>>): this {
    const { _ts, ...fields } = values;
    const sink = this.writable();
    sink.entry(this.topic, { ...flatten(fields), timestamp: this.timestamps.resolve(_ts) });
    return this;
  }

  read(range: TrackRange = {}): Promise<Entry[]> {
    return this.open().readTrack(this.topic, range);
  }

  flush(): Promise<Flushed> {
    return this.open().flush();
  }
}

/** `exp.tracks`: called with a topic (`robot/arm`) it gives that track. */
export interface Tracks {
  (topic: string): Track;
  /** Tracks whose topic fits a pattern, all without one. */
  list(pattern?: string): Promise<TrackSummary[]>;
  flush(): Promise<Flushed>;
}

/** Makes it. */
export function createTracks(writable: () => Sink, open: () => Sink, timestamps: Timestamps): Tracks {
  const trackOf = (topic: string): Track => {
    checkLabel(topic, 'track');
    return new Track(writable, open, timestamps, topic);
  };
  return Object.assign(trackOf, {
    list: async (pattern = '*') => (await open().tracks()).filter(({ topic }) => fitsGlob(topic, pattern)),
    flush: () => open().flush(),
  });
}
