import { describe, expect, it } from 'vitest';

import { prepareQuery, type QueryOptions } from './prepare-query.js';
import type { Plan } from './plan.js';
import { QueryError } from './query-error.js';
import type { RunFacts, SeriesFacts } from './views.js';

const series: SeriesFacts = {
  name: 'loss',
  context: { subset: 'train' },
  last: 0.25,
  lastStep: 9,
  first: 1,
  firstStep: 0,
  min: 0.2,
  max: 1,
  count: 10,
};
const run: RunFacts = {
  hash: 'abc',
  name: 'Run',
  description: null,
  experiment: null,
  tags: ['best'],
  createdAt: Date.UTC(2025, 0, 31, 12) / 1000,
  endedAt: null,
  active: true,
  archived: false,
  params: JSON.parse('{"hparams":{"lr":0.01},"__proto__":{"polluted":1},"name":"other","s":"text"}') as Record<
    string,
    unknown
  >,
  metrics: [series],
};
const options: QueryOptions = { sequence: 'metric', offset: 0, now: Date.UTC(2025, 1, 1) };
const matches = (text: string, facts: RunFacts = run, more: Partial<QueryOptions> = {}): boolean =>
  prepareQuery(text, { ...options, ...more }).candidate(facts)(series);
const planOf = (text: string): Plan => {
  const { plan } = prepareQuery(text, options);
  // Without what is added of itself.
  const [, ...rest] = plan.kind === 'and' ? plan.parts : [];
  return plan.kind !== 'and' ? { kind: 'all' } : rest.length === 1 ? rest[0]! : { kind: 'and', parts: rest };
};
const errorOf = (text: string, more: Partial<QueryOptions> = {}): QueryError => {
  try {
    matches(text, run, more);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${text.slice(0, 50)} was not refused`);
};

describe('a query', () => {
  it('leaves out SELECT … IF, and runs in the archive unless it speaks of it', () => {
    const archived = { ...run, archived: true };
    expect([matches(''), matches('   # nothing\n'), matches('', archived), matches('True', archived)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([
      matches('run.archived', archived),
      matches('run.is_archived == True', archived),
      matches('run.archived or True'),
    ]).toEqual([true, true, true]);
    expect(matches('"run.archived" != ""', archived)).toBe(false);
    expect([
      matches('SELECT run.name IF run.hparams.lr < 0.1'),
      matches('select x if run.hparams.lr > 1'),
      matches('SELECT all'),
    ]).toEqual([true, false, true]);
  });

  it('reads times in the zone of its reader', () => {
    expect([
      matches('run.created_at == datetime(2025, 1, 31, 12)'),
      matches('run.created_at == datetime(2025, 1, 31, 14)', run, { offset: 120 }),
    ]).toEqual([true, true]);
    expect(matches('run.created_at > datetime.now() - timedelta(days=1)')).toBe(true);
    expect(matches('datetime.now() - run.created_at < 60 * 60 * 12 + 1')).toBe(true);
  });

  it('knows fields before parameters after a dot, parameters alone in brackets', () => {
    expect([matches('run.name == "Run"'), matches('run["name"] == "other"'), matches('run["hash"] == "abc"')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('never reaches the host', () => {
    for (const text of ['run.__proto__', 'run.hparams.__class__', '"a".__len__()', '_x', '__import__("os")']) {
      expect([text, errorOf(text).fault]).toEqual([text, 'syntax']);
    }
    for (const text of [
      'run.constructor',
      'run.toString',
      'run.hasOwnProperty',
      '"a".constructor',
      '[].constructor',
      'len.constructor',
      'len.call',
      'math.constructor',
      'run.hparams.prototype',
      '(1).toFixed',
      'run.tags.items',
      'run.tags.map',
    ]) {
      expect([text, matches(`${text} is None`)]).toEqual([text, true]);
    }
    for (const text of [
      'run["constructor"]',
      'run["__proto__"]["toString"]',
      '"a"["length"]',
      'run.metrics["constructor"].last',
      'eval("1")',
      'globalThis',
      'process',
      '"{}".format(1)',
      'len("a").constructor("b")()',
      '"%s" % 1',
    ]) {
      expect([text, matches(text)]).toEqual([text, false]);
    }
    expect(matches('run["__proto__"]["polluted"] == 1')).toBe(true);
  });

  const broken: readonly [text: string, position: number, why: object][] = [
    ['run.hparams.lr <', 16, { reason: 'value-due', values: { found: 'end-of-query' } }],
    ['run.hparams.lr = 0.01', 15, { reason: 'equals-sign' }],
    ['(run.active', 11, { reason: 'sign-due', values: { sign: ')', found: 'end-of-query' } }],
    ['run.active)', 10, { reason: 'operator-due', values: { found: '")"' } }],
    ['run.name == "x', 12, { reason: 'string-open' }],
    ['run.name == "x" run.active', 16, { reason: 'operator-due', values: { found: '"run"' } }],
    ['run.$', 4, { reason: 'not-in-language', values: { what: '$' } }],
    ['lambda x: x', 0, { reason: 'not-in-language', values: { what: 'lambda' } }],
    ['f"{run}"', 0, { reason: 'formatted-string' }],
    ['run._hidden', 4, { reason: 'underscore-name', values: { name: '_hidden' } }],
    ['1 if 2', 6, { reason: 'sign-due', values: { sign: 'else', found: 'end-of-query' } }],
    ['[*run.tags]', 1, { reason: 'unpacking' }],
    ['12abc', 2, { reason: 'number-followed', values: { sign: 'a' } }],
    ['a ! b', 2, { reason: 'exclamation-mark' }],
    ['SELECT run IF run.x ==', 22, { reason: 'value-due', values: { found: 'end-of-query' } }],
    ['x := 1', 2, { reason: 'operator-due', values: { found: '":"' } }],
    ['len(a for a in b, 1)', 3, { reason: 'generator-brackets' }],
    ['1 + not 2', 4, { reason: 'not-needs-brackets' }],
    ['[x for in y]', 7, { reason: 'name-due', values: { found: '"in"' } }],
    ['{1: 2, 3}', 8, { reason: 'sign-due', values: { sign: ':', found: '"}"' } }],
    ['len(a=1, 2)', 9, { reason: 'named-argument-due', values: { found: '"2"' } }],
    ['"\\x1"', 1, { reason: 'escape-digits', values: { sign: '\\x', count: 2 } }],
  ]; // prettier-ignore
  it.each(broken)('refuses %s with the place and a reason', (text, position, why) => {
    expect(errorOf(text)).toMatchObject({ fault: 'syntax', position, ...why });
  });

  it('refuses what is too long or too deep, and reads long flat queries', () => {
    const deep = [
      '('.repeat(5000) + '1' + ')'.repeat(5000), '['.repeat(10_000), '-'.repeat(10_000) + '1', 'not '.repeat(3000) + '1', '1' + '+1'.repeat(5000),
      'run' + '.a'.repeat(5000), '2' + '**2'.repeat(3000), 'x'.repeat(70_000), '1 if 1 else '.repeat(900) + '1', '[x for ' + '('.repeat(3000),
    ]; // prettier-ignore
    for (const text of deep) expect([text.slice(0, 20), errorOf(text).fault]).toEqual([text.slice(0, 20), 'syntax']);
    expect(matches(Array.from({ length: 400 }, (_, i) => `run.hparams.lr == ${i}`).join(' or ') + ' or True')).toBe(
      true,
    );
  });

  it('refuses what would take too many steps or too much memory, within a few thousand steps', () => {
    const costly = [
      '10**10**10', "'a'*10**9", '[0]*10**9', '1 << 10**12', '(1,)*10**6*10**6', 'len([x for x in range(10**9)])', 'sum(range(10**12))',
      'any(False for a in range(1000) for b in range(1000) for c in range(1000))', '[[b for b in range(1000)] for a in range(1000)]',
      '"ab".join(["x" * 90000] * 100)', '("a" * 50000 + "b") in ("a" * 100000)', '"a".replace("", "b" * 99999).replace("", "c" * 9999)',
      '("a"*90000).zfill(10**9)', '"a".ljust(10**12)', 'str(["x" * 50000] * 30)', 'sorted(range(10**8))', 'math.factorial(10**6)',
      '(2**60000)**2', 'list(zip(range(10**9)))', 'set(range(10**9))', '{x: x for x in range(10**9)}', 'max(range(10**9))', '10**9 in (x for x in range(10**10))',
      '("x" * 99999 + "y").count("x" * 50000)', 'list(map(str, range(10**9)))', '[[x] * 30000 for x in range(50000)]',
    ]; // prettier-ignore
    for (const text of costly) expect([text, errorOf(text).fault]).toEqual([text, 'too-costly']);
    const { candidate } = prepareQuery('len([x for x in range(50)]) == 50', {
      ...options,
      limits: { candidateSteps: 1000, steps: 2000, candidateTime: 1000 },
    });
    expect(() => {
      for (let i = 0; i < 50; i++) candidate(run)();
    }).toThrow('steps-over-all');
  });

  it('survives any text', () => {
    const words =
      'run metric . , ( ) [ ] { } : == < in not is and or if else for 1 2.5 "a" x None True + - * ** // % len sum range = lambda _ \\ #'.split(
        ' ',
      );
    let state = 5;
    const draw = (): string => words[(state = (Math.imul(state, 1103515245) + 12345) >>> 0) % words.length]!;
    for (let round = 0; round < 5000; round++) {
      const text = Array.from({ length: 1 + (round % 12) }, draw).join(' ');
      try {
        matches(text);
      } catch (error) {
        expect(error, text).toBeInstanceOf(QueryError);
      }
    }
  });
});

describe('the plan of a query', () => {
  const param = (sign: string, value: unknown, key = 'hparams.lr'): unknown => ({ kind: 'param', key, sign, value });
  const plans: readonly [text: string, plan: unknown][] = [
    ['run.hparams.lr < 0.01', param('<', 0.01)],
    ['0.01 > run["hparams"]["lr"]', param('<', 0.01)],
    ['run["hparams.lr"] == 1', param('==', 1)],
    ['run.hparams.lr == True', param('==', 1)],
    ['metric.run.hparams.lr >= 2', param('>=', 2)],
    ['run.s == "text"', param('==', 'text', 's')],
    ['run["name"] == "x"', param('==', 'x', 'name')],
    ['0 < run.hparams.lr <= 1', { kind: 'and', parts: [param('>', 0), param('<=', 1)] }],
    ['run.hparams.lr in [1, 2]', { kind: 'or', parts: [param('==', 1), param('==', 2)] }],
    ['run.hparams.lr < 10 ** 17 + 1', param('<=', 1e17)],
    ['run.hash == "abc"', { kind: 'text', field: 'hash', value: 'abc' }],
    ['run.experiment == "e" or run.name == "n"', { kind: 'or', parts: [{ kind: 'text', field: 'experiment', value: 'e' }, { kind: 'text', field: 'name', value: 'n' }] }],
    ['run.active', { kind: 'flag', field: 'active', value: true }],
    ['not run.active', { kind: 'flag', field: 'active', value: false }],
    ['run.active != True', { kind: 'flag', field: 'active', value: false }],
    ['"best" in run.tags', { kind: 'tag', name: 'best' }],
    ['run.tags.contains("best")', { kind: 'tag', name: 'best' }],
    ['run.created_at >= datetime(1970, 1, 2)', { kind: 'created', sign: '>=', seconds: 86400 }],
    ['metric.name == "loss"', { kind: 'series-name', name: 'loss' }],
    ['metric.context.subset == "train"', { kind: 'series-context', path: ['subset'], value: 'train' }],
    ['metric.last < 0.5', { kind: 'series-number', field: 'last', sign: '<', value: 0.5 }],
    ['run.metrics["loss"].last < 0.5', { kind: 'metric', name: 'loss', field: 'last', sign: '<', value: 0.5 }],
    ['run.hparams.lr < 1 and run.anything()', param('<', 1)],
    ['run.hparams.lr < 1 or run.anything()', { kind: 'all' }],
    ['not run.hparams.lr < 1', { kind: 'all' }],
    ['run.hparams.lr != 1', { kind: 'all' }],
    ['run.hparams.lr == None', { kind: 'all' }],
    ['run.hparams.layers[0] == 1', { kind: 'all' }],
    ['run.hparams.lr == run.seed', { kind: 'all' }],
    ['run.hparams.lr < random.random()', { kind: 'all' }],
    ['run.s == "zero \\0 byte"', { kind: 'all' }],
    ['images.name == "x"', { kind: 'all' }],
  ]; // prettier-ignore
  it.each(plans)('of %s', (text, plan) => expect(planOf(text)).toEqual(plan));

  it('is nothing where nothing can match, and says what it needs', () => {
    expect(prepareQuery('run.active and 1 == 2', options).plan).toEqual({ kind: 'none' });
    expect(prepareQuery('run.archived == False', options).plan).toEqual({
      kind: 'flag',
      field: 'archived',
      value: false,
    });
    const { ofSeries, ofMetrics } = prepareQuery('run.metrics["a"].last > 1', options);
    expect([ofSeries, ofMetrics, prepareQuery('metric.last > 1', options).ofSeries]).toEqual([false, true, true]);
  });
});
