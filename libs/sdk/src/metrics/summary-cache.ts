import { aggregate } from './aggregate.js';
import { Collected } from './collected.js';
import type { MetricBuilder } from './metric-builder.js';

const SUMMARY = ['mean', 'min', 'max', 'count', 'std'] as const;

/** Values of one metric until `summarize()` makes a row of them. */
export class SummaryCache {
  private collected = new Collected();
  private further: Record<string, unknown> = {};

  constructor(private readonly metric: Pick<MetricBuilder, 'log'>) {}

  /** Adds a value to each field. @throws TypeError for what is no number. */
  store(values: Readonly<Record<string, unknown>>): void {
    this.collected.add(values);
  }

  /** Sets fields of the row that are not summarised; the last word counts. */
  set(values: Readonly<Record<string, unknown>>): void {
    this.further = { ...this.further, ...values };
  }

  /** Writes the row; `clear: false` lets the values go on. */
  summarize({ clear = true }: { readonly clear?: boolean } = {}): void {
    const row = { ...this.further };
    for (const [field, values] of this.collected.fields)
      for (const [name, value] of Object.entries(aggregate(values, SUMMARY))) row[`${field}.${name}`] = value;
    if (Object.keys(row).length > 0) this.metric.log(row);
    if (!clear) return;
    this.collected = new Collected();
    this.further = {};
  }

  /** The last values of each field. */
  peek(...fields: readonly string[]): Record<string, number[]> {
    return this.collected.peek(fields);
  }
}
