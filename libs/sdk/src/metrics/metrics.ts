import type { Timestamps } from '../experiment/timestamps.js';
import type { Flushed, MetricAbout, MetricSummary, Row, Sink } from '../sink.js';
import { checkLabel } from '../values/label.js';
import { plainRecord } from '../values/plain.js';
import { MetricBuilder } from './metric-builder.js';
import { MetricsBuffer } from './metrics-buffer.js';

/** What metrics write to: the open sink, or an error that says how to open it. */
export interface MetricsPlace {
  readonly writable: () => Sink;
  readonly open: () => Sink;
  readonly timestamps: Timestamps;
}

/** `exp.metrics`: called with a name it gives that metric, itself it is the metric without a name. */
export interface Metrics {
  (name: string | null, about?: MetricAbout): MetricBuilder;
  /**
   * Writes a row. A value that is an object goes to the metric of its key, together with the plain values beside it.
   * `_ts` is the row's time in seconds, or -1 for that of the row before.
   */
  log(values: Readonly<Record<string, unknown>>): Metrics;
  /** What `metrics(name).buffer` collected. */
  readonly buffer: MetricsBuffer;
  flush(): Promise<Flushed>;
  list(): Promise<MetricSummary[]>;
}

/** Makes it. */
export function createMetrics(place: MetricsPlace): Metrics {
  const builders = new Map<string | null, MetricBuilder>();
  const builderOf = (name: string | null, about: MetricAbout = {}): MetricBuilder => {
    if (name !== null) checkLabel(name, 'metric');
    const there = builders.get(name) ?? new MetricBuilder(place, name, about, buffer);
    builders.set(name, there);
    return there;
  };
  const buffer = new MetricsBuffer((name) => builderOf(name));
  const log = (values: Readonly<Record<string, unknown>>): Metrics => {
    const { _ts, ...plain } = plainRecord(values);
    const isGroup = (value: unknown): value is object =>
      typeof value === 'object' && value !== null && !Array.isArray(value);
    const scalars = Object.fromEntries(Object.entries(plain).filter(([, value]) => !isGroup(value)));
    const moment = _ts === undefined ? {} : { _ts };
    if (Object.keys(scalars).length > 0) builderOf(null).log({ ...scalars, ...moment });
    for (const [name, group] of Object.entries(plain))
      if (isGroup(group)) builderOf(name).log({ ...scalars, ...moment, ...(group as Row) });
    return metrics;
  };
  const metrics: Metrics = Object.assign(builderOf, {
    log,
    buffer,
    flush: () => place.open().flush(),
    list: () => place.open().metrics(),
  });
  return metrics;
}
