import { LIMITS } from './limits.js';
import type { CompareSign, RunCondition, RunSearch, SeriesCondition, SeriesStatistic } from './search-types.js';
import { SERIES_KINDS } from './tracked-types.js';

const SIGN: Readonly<Record<CompareSign, string>> = { '==': '=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' };
const STATISTIC: Readonly<Record<SeriesStatistic, string>> = {
  last: 'last_value',
  last_step: 'last_x',
  first: 'first_value',
  first_step: 'first_x',
  min: 'vmin',
  max: 'vmax',
  count: 'n',
};
const ACTIVE = `run.status IN ('queued', 'running')`;

/** A search's condition as SQL over the table `run`; every value is a parameter. */
export class ConditionSql {
  readonly values: unknown[] = [];
  private readonly project: string;
  private readonly kinds: string;

  constructor(private readonly search: RunSearch) {
    this.project = this.place(search.projectId);
    this.kinds = (search.kinds ?? []).map((kind) => SERIES_KINDS.indexOf(kind)).join() || '0';
  }

  /** All of it: the project, what was not deleted, the condition, the series there must be. */
  text(): string {
    const { condition, kinds } = this.search;
    const wanted = this.of(condition);
    // A run that has a series by name has one; `IN` by name is an index of its own.
    const series = kinds
      ? [`EXISTS (SELECT 1 FROM tracked_series s WHERE s.run_id = run.id AND ${this.ofKinds()})`]
      : [];
    return [`run.project_id = ${this.project}`, 'run.deleted_at IS NULL', wanted, ...series].join(' AND ');
  }

  private place(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  private of(condition: RunCondition): string {
    switch (condition.kind) {
      case 'all':
        return 'true';
      case 'none':
        return 'false';
      case 'and':
        return this.every(condition.parts);
      case 'or':
        return `(${condition.parts.map((part) => this.of(part)).join(' OR ')})`;
      case 'text':
        return this.ofText(condition.field, this.place(condition.value));
      case 'flag':
        return `${condition.value ? '' : 'NOT '}(${condition.field === 'active' ? ACTIVE : 'run.archived'})`;
      case 'tag':
        return `run.tags @> ARRAY[${this.place(condition.name)}]::text[]`;
      case 'created':
        return this.ofCreated(condition.sign, this.place(condition.seconds));
      case 'param':
        return this.ofParam(condition.key, condition.sign, condition.value);
      case 'metric':
        return this.inSeries('s.kind = 0', [`s.name = ${this.place(condition.name)}`, this.ofStatistic(condition)]);
      default:
        return this.inSeries(this.ofKinds(), [this.ofSeries(condition)]);
    }
  }

  /** What is said of a series in several places is said of the same one. */
  private every(parts: readonly RunCondition[]): string {
    const flat = flattened(parts);
    const series = flat.filter(isOfSeries);
    const rest = flat.filter((part) => !isOfSeries(part)).map((part) => this.of(part));
    if (series.length > 0) rest.push(this.inSeries(this.ofKinds(), series.map((part) => this.ofSeries(part)))); // prettier-ignore
    return `(${rest.join(' AND ')})`;
  }

  private ofText(field: 'hash' | 'name' | 'experiment', at: string): string {
    if (field === 'experiment') {
      return `run.group_id IN (SELECT id FROM tracked_group WHERE project_id = ${this.project} AND name = ${at})`;
    }
    return field === 'hash' ? `run.ext_id = ${at}` : `run.name = ${at}`;
  }

  /** Times are told to the millisecond and kept to the microsecond. */
  private ofCreated(sign: '<' | '<=' | '>' | '>=', at: string): string {
    const room = sign.startsWith('<') ? `+ interval '1 ms'` : `- interval '1 ms'`;
    return `run.started_at ${sign.charAt(0)}= to_timestamp(${at}::float8) ${room}`;
  }

  /** Runs with more parameters than are indexed are always looked at. */
  private ofParam(key: string, sign: CompareSign, value: string | number): string {
    const at = this.place(key);
    const rows = typeof value === 'string' ? [this.ofTextParam(sign, value)] : this.ofNumberParam(sign, value);
    const found = rows.map((row) => `SELECT run_id FROM tracked_param WHERE key = ${at} AND ${row}`);
    const wide = `SELECT id FROM tracked_run WHERE project_id = ${this.project} AND param_leaves > ${LIMITS.indexedParams}`;
    return `run.id IN (${[...found, wide].join(' UNION ALL ')})`;
  }

  private ofTextParam(sign: CompareSign, value: string): string {
    const at = `${this.place(value)}::text`;
    if (sign === '==') return `left(str, 200) = left(${at}, 200) AND str = ${at}`;
    return `str COLLATE "C" ${sign} ${at} COLLATE "C"`;
  }

  private ofNumberParam(sign: CompareSign, value: number): string[] {
    const truths = [false, true].filter((truth) => holds(Number(truth), sign, value));
    const numbers = `num ${SIGN[sign]} ${this.place(value)}::float8`;
    return truths.length === 0 ? [numbers] : [numbers, `bool = ANY('{${truths.join()}}'::bool[])`];
  }

  private ofKinds(): string {
    return this.kinds.includes(',') ? `s.kind IN (${this.kinds})` : `s.kind = ${this.kinds}`;
  }

  private inSeries(kinds: string, conditions: readonly string[]): string {
    return `run.id IN (SELECT s.run_id FROM tracked_series s WHERE ${[kinds, ...conditions].join(' AND ')})`;
  }

  private ofSeries(condition: SeriesCondition): string {
    if (condition.kind === 'series-name') return `s.name = ${this.place(condition.name)}`;
    if (condition.kind === 'series-number') return this.ofStatistic(condition);
    return `s.context #>> ${this.place(condition.path)}::text[] = ${this.place(condition.value)}`;
  }

  /** Statistics that wait for their repair say nothing yet. */
  private ofStatistic({ field, sign, value }: { field: SeriesStatistic; sign: CompareSign; value: number }): string {
    return `(s.${STATISTIC[field]}::float8 ${SIGN[sign]} ${this.place(value)}::float8 OR s.stats_dirty)`;
  }
}

const isOfSeries = (condition: RunCondition): condition is SeriesCondition => condition.kind.startsWith('series-');
const flattened = (parts: readonly RunCondition[]): RunCondition[] =>
  parts.flatMap((part) => (part.kind === 'and' ? flattened(part.parts) : [part]));

function holds(left: number, sign: CompareSign, right: number): boolean {
  if (sign === '==') return left === right;
  if (sign === '<') return left < right;
  if (sign === '<=') return left <= right;
  return sign === '>' ? left > right : left >= right;
}
