import { beforeAll, describe, expect, test } from 'vitest';

import { statementOf } from './search-runs.js';
import type { RunCondition, RunSearch } from './search-types.js';
import { sqlOf } from './sql.js';
import { testStore } from './store.fixture.js';

const house = testStore();
let projectId: number;
const RUNS = 4000;

/** Runs r1 … r4000 with ten parameters and two series each, written as the store writes them. */
beforeAll(async () => {
  ({ id: projectId } = await house.store.projects.open('local', 'searched'));
  const run = async (text: string, values: unknown[] = []): Promise<unknown> => house.db.query(text, values);
  await run(`INSERT INTO tracked_group (project_id, name) SELECT $1, 'group ' || n FROM generate_series(0, 9) n`, [
    projectId,
  ]);
  await run(
    `INSERT INTO tracked_run (project_id, ext_id, name, source, status, archived, started_at, ended_at, tags, group_id)
     SELECT $1, 'r' || n, 'name ' || n, 'matyan', CASE WHEN n % 100 = 0 THEN 'running' ELSE 'completed' END, n % 50 = 0,
       to_timestamp(1700000000 + n), to_timestamp(1700000000 + n * 2), CASE WHEN n % 400 = 0 THEN '{best}'::text[] ELSE '{}' END,
       (SELECT id FROM tracked_group WHERE name = 'group ' || n % 10) FROM generate_series(1, ${RUNS}) n`,
    [projectId],
  );
  await run(
    `INSERT INTO tracked_param (run_id, key, num, str, bool)
     SELECT run.id, 'hparams.k' || k, CASE WHEN k < 8 THEN substr(ext_id, 2)::int * (k + 1) END,
       CASE WHEN k = 8 THEN 'opt' || substr(ext_id, 2)::int % 1000 END, CASE WHEN k = 9 THEN substr(ext_id, 2)::int % 500 = 0 END
     FROM tracked_run run, generate_series(0, 9) k WHERE project_id = $1`,
    [projectId],
  );
  await run(
    `INSERT INTO tracked_series (run_id, kind, name, context, n, first_x, first_value, last_x, last_value, vmin, vmax)
     SELECT run.id, kind, CASE WHEN kind = 1 THEN 'pictures' WHEN substr(ext_id, 2)::int % 200 = 0 THEN 'rare' ELSE 'loss' END,
       '{"subset":"train"}', 10, 0, 1, 9, substr(ext_id, 2)::int / 1000.0, 0, 1 FROM tracked_run run, generate_series(0, 1) kind
     WHERE project_id = $1 AND (kind = 0 OR substr(ext_id, 2)::int % 10 = 0)`,
    [projectId],
  );
  await run('ANALYZE tracked_run, tracked_param, tracked_series, tracked_group');
});

const idsOf = async (condition: RunCondition, more: Partial<RunSearch> = {}): Promise<string[]> =>
  (await house.store.search.candidates({ projectId, condition, ...more })).map(({ extId }) => extId);
const planOf = async (condition: RunCondition, more: Partial<RunSearch> = {}): Promise<string> => {
  const { text, values } = statementOf({ projectId, condition, ...more });
  const rows = await sqlOf(house.db)<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};
const param = (key: string, sign: '==' | '<' | '>=', value: string | number): RunCondition => ({
  kind: 'param',
  key,
  sign,
  value,
});

describe('a search', () => {
  const asked: readonly [what: string, condition: RunCondition, count: number, index: string][] = [
    ['a number', param('hparams.k0', '<', 11), 10, 'tracked_param_num'],
    ['a number that is a truth', param('hparams.k9', '==', 1), 8, 'tracked_param_bool'],
    ['a text', param('hparams.k8', '==', 'opt7'), 4, 'tracked_param_str'],
    ['a hash', { kind: 'text', field: 'hash', value: 'r17' }, 1, 'tracked_run_ext'],
    ['a tag', { kind: 'tag', name: 'best' }, 10, 'tracked_run_tags'],
    ['a time', { kind: 'created', sign: '>', seconds: 1700003990 }, 11, 'tracked_run_started'],
    ['a metric', { kind: 'metric', name: 'rare', field: 'last', sign: '<', value: 0.5 }, 2, 'tracked_series_name'],
  ];
  test.each(asked)('for %s goes by an index', async (_what, condition, count, index) => {
    const found = await idsOf(condition);
    // Times are widened by a millisecond: the second itself may be one of them.
    expect(found).toHaveLength(count);
    expect(await planOf(condition)).toContain(index);
  });

  test('joins what must hold together, and finds what any of several wants', async () => {
    const both = { kind: 'and', parts: [param('hparams.k0', '<', 1001), param('hparams.k9', '==', 1)] } as const;
    expect(await idsOf(both)).toEqual(['r1000', 'r500']);
    expect(await planOf(both)).toMatch(/tracked_param_(num|bool)/);
    expect(await idsOf({ kind: 'or', parts: [param('hparams.k0', '==', 1), { kind: 'text', field: 'hash', value: 'r2' }] })).toEqual(['r2', 'r1']);
    expect(await idsOf({ kind: 'none' })).toEqual([]);
    expect(await idsOf({ kind: 'text', field: 'experiment', value: 'group 3' })).toHaveLength(RUNS / 10);
  }); // prettier-ignore

  test('says of one series what stands together', async () => {
    const named = { kind: 'series-name', name: 'loss' } as const;
    const train = { kind: 'series-context', path: ['subset'], value: 'train' } as const;
    const low = { kind: 'series-number', field: 'last', sign: '<=', value: 0.003 } as const;
    const kinds = ['number'] as const;
    expect(await idsOf({ kind: 'and', parts: [named, { kind: 'and', parts: [train, low] }] }, { kinds })).toEqual(['r3', 'r2', 'r1']); // prettier-ignore
    expect(await idsOf({ kind: 'and', parts: [named, { ...train, value: 'val' }] }, { kinds })).toEqual([]);
    expect(await idsOf({ kind: 'all' }, { kinds: ['image'] })).toHaveLength(RUNS / 10);
    expect(await idsOf({ kind: 'all' }, { kinds: ['audio'] })).toEqual([]);
    expect(await planOf({ kind: 'series-name', name: 'rare' }, { kinds })).toContain('tracked_series_name');
  });

  test('orders by what it is told, newest first among equals', async () => {
    const few = param('hparams.k0', '<', 13);
    const ordered = (field: 'run' | 'experiment' | 'duration' | 'hash', descending: boolean): Promise<string[]> =>
      idsOf(few, { order: [{ field, descending }] });
    expect((await ordered('hash', false)).slice(0, 4)).toEqual(['r1', 'r10', 'r11', 'r12']);
    expect((await ordered('run', true)).slice(0, 3)).toEqual(['r9', 'r8', 'r7']);
    expect((await ordered('experiment', false)).slice(0, 3)).toEqual(['r10', 'r11', 'r1']);
    expect((await ordered('duration', false)).slice(0, 2)).toEqual(['r1', 'r2']);
    expect((await idsOf(few)).slice(0, 2)).toEqual(['r12', 'r11']);
  });

  test('always finds runs whose parameters are not all indexed', async () => {
    const { run } = await house.store.runs.open({ projectId, source: 'matyan', extId: 'wide', name: 'wide' });
    const many = Object.fromEntries(Array.from({ length: 2100 }, (_, n) => [`k${n}`, n]));
    await house.store.params.replace(run.id, [], many);
    expect(await idsOf(param('k2050', '==', 2050))).toEqual(['wide']);
    await house.store.params.replace(run.id, [], { 'a.b': 1, a: { b: 2 } });
    expect([await idsOf(param('a.b', '==', 1)), await idsOf(param('a.b', '==', 2))]).toEqual([['wide'], ['wide']]);
    await house.store.params.replace(run.id, [], { a: { b: 2 } });
    expect(await idsOf(param('a.b', '==', 1))).toEqual([]);
  });

  test('stays within its project, without what was deleted', async () => {
    const other = await house.store.projects.open('local', 'other');
    expect(await house.store.search.candidates({ projectId: other.id, condition: { kind: 'all' } })).toEqual([]);
    const { run } = await house.store.runs.open({ projectId, source: 'matyan', extId: 'leaving', name: 'x' });
    expect(await idsOf({ kind: 'text', field: 'name', value: 'x' })).toEqual(['leaving']);
    await house.store.runs.remove([run.id]);
    expect(await idsOf({ kind: 'text', field: 'name', value: 'x' })).toEqual([]);
  });
});
