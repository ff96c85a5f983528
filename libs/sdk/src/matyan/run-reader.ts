import type { Api } from '../remote/api.js';
import { alsoSnake } from '../snake.js';
import { contextKey, type RunInfo, type RunProps, type TraceInfo } from './run-info.js';

/** What a server says of a run. */
export class RunReader {
  constructor(
    readonly hash: string,
    private readonly api: Api,
  ) {}

  /** What was written before has arrived. */
  protected settled(): Promise<unknown> {
    return Promise.resolve();
  }

  async info(): Promise<RunInfo> {
    await this.settled();
    return this.api.get<RunInfo>(`/v1/rest/runs/${this.hash}/info/`);
  }
  async props(): Promise<RunProps> {
    return (await this.info()).props;
  }
  async tags(): Promise<string[]> {
    return (await this.props()).tags.map(({ name }) => name);
  }
  async creationTime(): Promise<number> {
    return (await this.props()).creation_time;
  }
  async createdAt(): Promise<Date> {
    return new Date((await this.creationTime()) * 1000);
  }
  async endTime(): Promise<number | null> {
    return (await this.props()).end_time;
  }
  async finalizedAt(): Promise<Date | null> {
    const end = await this.endTime();
    return end === null ? null : new Date(end * 1000);
  }
  async duration(): Promise<number | null> {
    const { creation_time, end_time } = await this.props();
    return end_time === null ? null : end_time - creation_time;
  }
  async metrics(): Promise<readonly TraceInfo[]> {
    return (await this.info()).traces['metric'] ?? [];
  }
  async getMetric(name: string, context: object = {}): Promise<TraceInfo | undefined> {
    const wanted = contextKey(context);
    return (await this.metrics()).find((trace) => trace.name === name && contextKey(trace.context) === wanted);
  }
  async *iterMetricsInfo(): AsyncGenerator<[name: string, context: TraceInfo['context'], run: this]> {
    for (const { name, context } of await this.metrics()) yield [name, context, this];
  }
  /** Sequences by type, all types when none is named. */
  async collectSequenceInfo(types: string | readonly string[] = []): Promise<Record<string, readonly TraceInfo[]>> {
    const { traces } = await this.info();
    const wanted = typeof types === 'string' ? [types] : types;
    const names = wanted.length > 0 ? wanted : Object.keys(traces);
    return Object.fromEntries(names.map((type) => [type, traces[type] ?? []]));
  }

  declare readonly get_metric: RunReader['getMetric'];
  declare readonly iter_metrics_info: RunReader['iterMetricsInfo'];
  declare readonly collect_sequence_info: RunReader['collectSequenceInfo'];
}

alsoSnake(RunReader);
