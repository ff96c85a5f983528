import type { Flushed, MetricAbout, MetricStats, MetricSummary, RowsPage } from '../sink.js';
import { plainRecord } from '../values/plain.js';
import type { MetricsPlace } from './metrics.js';
import type { MetricsBuffer } from './metrics-buffer.js';
import { SummaryCache } from './summary-cache.js';

const LARGEST_PAGE = 10_000;

/** One metric: a list of rows. */
export class MetricBuilder {
  /** Values kept until they are summarised, with what else belongs into the row. */
  readonly summaryCache = new SummaryCache(this);

  constructor(
    private readonly place: MetricsPlace,
    readonly name: string | null,
    private readonly about: MetricAbout,
    private readonly shared: MetricsBuffer,
  ) {}

  /** Writes a row; `_ts` is its time in seconds, or -1 for that of the row before. */
  log(values: Readonly<Record<string, unknown>>): this {
    const { _ts: given, ...row } = plainRecord(values);
    const sink = this.place.writable();
    sink.row(this.name, { ...row, _ts: this.place.timestamps.resolve(given) }, this.about);
    return this;
  }

  /** Keeps values for `metrics.buffer.logSummary()`. @throws TypeError for what is no number. */
  buffer(values: Readonly<Record<string, unknown>>): this {
    this.shared.store(this.name, values);
    return this;
  }

  /** @throws RangeError for a range that is none. */
  async read(range: { readonly startIndex?: number; readonly limit?: number } = {}): Promise<RowsPage> {
    const { startIndex = 0, limit = 1000 } = range;
    if (!Number.isInteger(startIndex) || startIndex < 0) throw new RangeError('startIndex is a whole number from 0');
    if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
      throw new RangeError(`limit is a whole number from 1 to ${LARGEST_PAGE}`);
    return this.place.open().readRows(this.name, startIndex, limit);
  }

  async stats(): Promise<MetricStats> {
    return this.place.open().stats(this.name);
  }

  flush(): Promise<Flushed> {
    return this.place.open().flush();
  }

  /** Every metric of the run. */
  list(): Promise<MetricSummary[]> {
    return this.place.open().metrics();
  }
}
