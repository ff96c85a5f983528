import { RecordValue, fromJson } from './json-values.js';
import { ListValue, ObjectValue, TupleValue, type Value } from './values.js';

/** What a query may know of a series. */
export interface SeriesFacts {
  readonly name: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly last: number | null;
  readonly lastStep: number | null;
  readonly first: number | null;
  readonly firstStep: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly count: number;
}
/** What a query may know of a run; times are seconds since 1970. */
export interface RunFacts {
  readonly hash: string;
  readonly name: string;
  readonly description: string | null;
  readonly experiment: string | null;
  readonly tags: readonly string[];
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly active: boolean;
  readonly archived: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  /** Its numeric series; asked for only when the query says `run.metrics`. */
  readonly metrics: readonly SeriesFacts[];
}

/** Names of a run that are no parameters, whatever the parameters are called. */
const RUN_FIELDS: ReadonlyMap<string, (run: RunFacts) => Value> = new Map<string, (run: RunFacts) => Value>([
  ['hash', (run) => run.hash],
  ['name', (run) => run.name],
  ['description', (run) => run.description],
  ['experiment', (run) => run.experiment],
  ['tags', (run) => new ListValue(run.tags)],
  ['created_at', (run) => run.createdAt],
  ['creation_time', (run) => run.createdAt],
  ['end_time', (run) => run.endedAt],
  ['finalized_at', (run) => run.endedAt],
  ['duration', (run) => (run.endedAt === null ? null : run.endedAt - run.createdAt)],
  ['active', (run) => run.active],
  ['archived', (run) => run.archived],
  ['is_archived', (run) => run.archived],
  ['metrics', (run) => new ObjectValue('metrics', () => undefined, (key) => metricView(run.metrics, key))],
]); // prettier-ignore

export const isRunField = (name: string): boolean => RUN_FIELDS.has(name);

/** `run` of a query: fields and parameters by dot, parameters alone by brackets. */
export function runView(run: RunFacts): ObjectValue {
  const params = new RecordValue(run.params);
  return new ObjectValue(
    'run',
    (name) => RUN_FIELDS.get(name)?.(run) ?? (RUN_FIELDS.has(name) ? null : params.attribute(name)),
    (key) => (typeof key === 'string' ? (params.attribute(key) ?? byPath(params, key)) : undefined),
  );
}

/** `run["hparams.lr"]` is `run["hparams"]["lr"]`, as the client writes it. */
function byPath(params: RecordValue, path: string): Value | undefined {
  if (!path.includes('.')) return undefined;
  return path
    .split('.')
    .reduce<Value | undefined>((at, name) => (at instanceof RecordValue ? at.attribute(name) : undefined), params);
}

const SERIES_FIELDS: ReadonlyMap<string, (series: SeriesFacts) => Value> = new Map<
  string,
  (series: SeriesFacts) => Value
>([
  ['name', ({ name }) => name],
  ['context', ({ context }) => new RecordValue(context)],
  ['last', ({ last }) => last],
  ['last_step', ({ lastStep }) => step(lastStep)],
  ['first', ({ first }) => first],
  ['first_step', ({ firstStep }) => step(firstStep)],
  ['min', ({ min }) => min],
  ['max', ({ max }) => max],
  ['count', ({ count }) => BigInt(count)],
]);
const step = (x: number | null): bigint | null => (x === null ? null : BigInt(x));

/** `metric`, `images` … of a query; absent: a series that is not there, whose names are all None. */
export function seriesView(series: SeriesFacts | undefined, run?: ObjectValue): ObjectValue {
  return new ObjectValue(
    'series',
    (name) => (name === 'run' ? run : series && SERIES_FIELDS.get(name)?.(series)),
    undefined,
    series !== undefined,
  );
}

/** `run.metrics["loss"]` is the first of that name, `run.metrics["loss", {…}]` the one with that context. */
function metricView(metrics: readonly SeriesFacts[], key: Value): Value | undefined {
  const [name, context] = key instanceof TupleValue ? key.items : [key];
  if (typeof name !== 'string') return undefined;
  return seriesView(metrics.find((series) => series.name === name && (context === undefined || fits(series, context))));
}

function fits({ context }: SeriesFacts, wanted: Value): boolean {
  return canonical(fromJson(context)) === canonical(wanted);
}
/** Contexts as text, whatever the order of their keys. */
function canonical(value: Value): string {
  if (value === null || typeof value !== 'object')
    return typeof value === 'bigint' ? `${value}` : JSON.stringify(value);
  if (value instanceof ListValue) return `[${value.items.map(canonical).join()}]`;
  if (!('entries' in value)) return '?';
  const entries = Array.from(value.entries(), ([key, item]) => `${canonical(key)}:${canonical(item)}`);
  return `{${entries.sort().join()}}`;
}
