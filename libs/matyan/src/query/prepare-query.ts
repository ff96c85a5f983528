import type { Expression } from './ast.js';
import { Budget, QUERY_LIMITS, type QueryLimits } from './budget.js';
import { builtins } from './builtins.js';
import { everyPart } from './check-depth.js';
import { isTruthy } from './compare-values.js';
import { Interpreter, type Scope } from './interpreter.js';
import { makePlan } from './make-plan.js';
import { parseQuery } from './parse-query.js';
import { pathOf } from './plan-path.js';
import type { Plan } from './plan.js';
import { EvaluationError, QueryError } from './query-error.js';
import { type SearchClock, searchBuiltins } from './search-builtins.js';
import { type RunFacts, runView, type SeriesFacts, seriesView } from './views.js';
import type { Value } from './values.js';

/** The names a search can give its series. */
export const SEQUENCE_NAMES = ['metric', 'images', 'texts', 'distributions', 'audios', 'figures'] as const;
/** One of them. */
export type SequenceName = (typeof SEQUENCE_NAMES)[number];

/** What a query is read with. */
export interface QueryOptions extends SearchClock {
  /** Absent: the search goes through runs. */
  readonly sequence?: SequenceName;
  readonly limits?: QueryLimits;
}

/** A query that was read: what to ask the store for, and the test of each candidate. */
export interface PreparedQuery {
  readonly plan: Plan;
  /** It says something of the series a search goes through; otherwise one look at the run is enough. */
  readonly ofSeries: boolean;
  /** It says `run.metrics`: candidates need their numeric series. */
  readonly ofMetrics: boolean;
  /** It says `run.experiment`: candidates need the name of theirs. */
  readonly ofExperiment: boolean;
  /** The test of one run, or of its series one by one. @throws QueryError `too-costly` */
  readonly candidate: (run: RunFacts) => (series?: SeriesFacts) => boolean;
}

/**
 * Reads a query: an optional `SELECT … IF` is left out, runs in the archive are too unless the query speaks of it.
 * @throws QueryError `syntax` with the place and a reason
 */
export function prepareQuery(text: string, options: QueryOptions): PreparedQuery {
  const { sequence } = options;
  const query = withArchive(withoutPrefix(text));
  const own = searchBuiltins(options);
  const base: Scope = { find: (name) => own.get(name) ?? builtins.get(name) };
  const names = new Set(Array.from(everyPart(query), (node) => (node.kind === 'name' ? node.name : '')));
  const says = (name: string): boolean =>
    Array.from(everyPart(query)).some((node) => node.kind === 'attribute' && node.name === name);
  const budget = new Budget(options.limits ?? QUERY_LIMITS);
  const interpreter = new Interpreter(budget);
  return {
    plan: makePlan(query, { sequence, constantOf: (node) => constantOf(node, base) }),
    ofSeries: sequence !== undefined && names.has(sequence),
    ofMetrics: says('metrics'),
    ofExperiment: says('experiment'),
    candidate: (facts) => {
      const run = runView(facts);
      return (series) => {
        const view = series && sequence ? seriesView(series, run) : undefined;
        const scope: Scope = {
          find: (name) => (name === 'run' ? run : view && name === sequence ? view : base.find(name)),
        };
        budget.begin();
        return holds(() => interpreter.evaluate(query, scope));
      };
    },
  };
}

function holds(work: () => Value): boolean {
  try {
    return isTruthy(work());
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    if (!(error instanceof RangeError)) throw error;
    throw new QueryError('too-costly', 'values-too-large');
  }
}

const PREFIX = /^\s*select\b.*?\bif\b/is;

/** Blanks instead of the prefix, so that places in the text stay. */
function withoutPrefix(text: string): string {
  if (!/^\s*select\b/i.test(text)) return text;
  const prefix = PREFIX.exec(text)?.[0];
  return prefix === undefined ? '' : ' '.repeat(prefix.length) + text.slice(prefix.length);
}

const NOT_ARCHIVED = parseQuery('run.is_archived == False');

function withArchive(text: string): Expression {
  // A text of blanks and comments is empty, too.
  if (text.replaceAll(/#[^\n]*/g, '').trim() === '') return NOT_ARCHIVED;
  const query = parseQuery(text);
  const mentioned = Array.from(everyPart(query)).some((node) => {
    const path = node.kind === 'attribute' ? pathOf(node, undefined) : undefined;
    return path?.of === 'field' && ['archived', 'is_archived'].includes(path.name);
  });
  return mentioned ? query : { kind: 'and', parts: [NOT_ARCHIVED, query], at: query.at };
}

const CONSTANT_LIMITS: QueryLimits = { candidateSteps: 2000, steps: 2000, candidateTime: 100 };

/** The value of an expression without names of a candidate or of chance. */
function constantOf(node: Expression, scope: Scope): Value | undefined {
  for (const part of everyPart(node)) {
    if (part.kind === 'name' && (part.name === 'random' || scope.find(part.name) === undefined)) return undefined;
  }
  const budget = new Budget(CONSTANT_LIMITS);
  budget.begin();
  try {
    return new Interpreter(budget).evaluate(node, scope);
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof QueryError || error instanceof RangeError)
      return undefined;
    throw error;
  }
}
