import { aggregate, type Aggregation, checkAggregations } from './aggregate.js';
import { Collected } from './collected.js';
import { alsoSnake } from '../snake.js';
import type { MetricBuilder } from './metric-builder.js';

/** Values of a batch, an epoch, kept per metric until they are summarised. */
export class MetricsBuffer {
  private readonly metrics = new Map<string | null, Collected>();

  constructor(private readonly builderOf: (name: string | null) => MetricBuilder) {}

  /** What `metrics(name).buffer(values)` calls. */
  store(name: string | null, values: Readonly<Record<string, unknown>>): void {
    const there = this.metrics.get(name) ?? new Collected();
    there.add(values);
    this.metrics.set(name, there);
  }

  /**
   * Writes one row per metric with `field.aggregation` for each field, and forgets the values. Names come first, further
   * fields of the rows (`step`, `epoch`) last: `logSummary('mean', 'p95', { epoch })`. Without a name it is the mean.
   * @throws RangeError for a name nobody knows; then nothing is written or forgotten.
   */
  logSummary(...given: readonly (Aggregation | Readonly<Record<string, unknown>>)[]): void {
    const names = given.filter((item): item is Aggregation => typeof item === 'string');
    const further = Object.assign({}, ...given.filter((item) => typeof item !== 'string')) as Record<string, unknown>;
    checkAggregations(names);
    const wanted: readonly Aggregation[] = names.length > 0 ? names : ['mean'];
    for (const [name, { fields }] of this.metrics) {
      const row = { ...further };
      for (const [field, values] of fields)
        for (const [aggregation, value] of Object.entries(aggregate(values, wanted)))
          row[`${field}.${aggregation}`] = value;
      if (Object.keys(row).length > 0) this.builderOf(name).log(row);
    }
    this.metrics.clear();
  }

  /** What waits: of one metric by field, of all by `metric/field`. */
  peek(name?: string | null, { fields = [], limit = 5 }: PeekOptions = {}): Record<string, number[]> {
    if (name !== undefined) return this.metrics.get(name)?.peek(fields, limit) ?? {};
    const all = [...this.metrics].flatMap(([metric, collected]) =>
      Object.entries(collected.peek(fields, limit)).map(([field, values]) => [
        `${metric ?? '(default)'}/${field}`,
        values,
      ]),
    );
    return Object.fromEntries(all) as Record<string, number[]>;
  }

  declare readonly log_summary: MetricsBuffer['logSummary'];
}

/** How much of what waits is shown. */
export interface PeekOptions {
  readonly fields?: readonly string[];
  /** Of each field the last so many, 0 for all. */
  readonly limit?: number;
}

alsoSnake(MetricsBuffer);
