import { beforeAll, expect, it } from 'vitest';

import { prepareQuery, type PreparedQuery, type SequenceName } from '#matyan';
import type { SeriesKind } from '#tracking';

import { matchingRuns } from './matching-runs.js';
import { portsHouse } from '../../ports.fixture.js';
import { call } from './search.fixture.js';

const house = portsHouse();
let projectId: number;

/** A small generator, so that a failure can be repeated. */
let state = 20260401;
const draw = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const pick = <T>(items: readonly T[]): T => items[Math.floor(draw() * items.length)]!;

const KEYS = ['lr', 'bs', 'opt', 'flag', 'deep.a', 'deep.b.c', 'odd'] as const;
const VALUES: readonly unknown[] = [
  0,
  1,
  2,
  -1,
  0.5,
  1e300,
  9007199254740991,
  true,
  false,
  null,
  '',
  'adam',
  'sgd',
  'ünï😀',
  'x'.repeat(300),
  '1',
  [1],
  {},
];
const NAMES = ['loss', 'acc', 'val/loss', "it's"];

/** Sixty runs of every kind of value, written past the ingestion for the sake of time. */
beforeAll(async () => {
  const { tracked, db } = house.ports;
  ({ id: projectId } = await tracked.projects.open('local', 'superset'));
  for (let n = 0; n < 60; n++) {
    const { run } = await tracked.runs.open({ projectId, source: 'matyan', extId: `run${n}`, name: pick(NAMES), tags: draw() < 0.3 ? [pick(NAMES)] : [] });
    const leaves = Object.fromEntries(KEYS.filter(() => draw() < 0.8).map((key) => [key, pick(VALUES)]));
    await tracked.params.merge(run.id, leaves);
    if (n % 7 === 0) await tracked.params.replace(run.id, ['deep.a'], pick(VALUES));
    if (n % 30 === 0) await tracked.params.merge(run.id, Object.fromEntries(Array.from({ length: 2100 }, (_, k) => [`k${k}`, k])));
    await tracked.runs.setStatus(run.id, pick(['running', 'completed', 'failed', 'queued', 'lost']));
    if (draw() < 0.2) await tracked.runs.change(run.id, { archived: true });
    for (const name of NAMES.filter(() => draw() < 0.6)) {
      const context = pick([{}, { subset: 'train' }, { subset: 'val' }, { subset: 1 }]);
      await tracked.series.append([0, 1, 2].map((x) => ({ runId: run.id, name, context, x, value: pick([0, 1, -1, 0.5, NaN, Infinity, 1e300]) })));
    }
  }
  await db.query(`UPDATE tracked_run SET started_at = to_timestamp(1700000000 + id * 0.37) WHERE project_id = $1`, [projectId]);
}, 120_000); // prettier-ignore

const literal = (): string => {
  const value = pick([...VALUES, 'True', 'loss', 'train', 'run7', 3, 0.25]);
  if (value === true || value === 'True') return 'True';
  if (value === false) return 'False';
  if (value === null) return 'None';
  return typeof value === 'object' ? pick(['[1]', '{}', '(1, "adam")']) : JSON.stringify(value);
};
const path = (): string =>
  pick([
    'run.lr', 'run.bs', 'run["opt"]', 'run.opt', 'run.flag', 'run.deep.a', 'run.deep.b.c', 'run["deep.a"]', 'run["deep"]["b"].c', 'run.k2050',
    'run.odd', 'run.name', 'run.hash', 'run.experiment', 'run.active', 'run.archived', 'run.created_at', 'run.duration', 'run.metrics["loss"].last',
    'run.metrics["acc"].min', 'run.metrics["acc"].last_step', 'metric.name', 'metric.last', 'metric.max', 'metric.context.subset', 'metric.run.lr', 'metric.count',
  ]); // prettier-ignore
const sign = (): string => pick(['==', '!=', '<', '<=', '>', '>=', '==', 'is', 'is not']);

function condition(depth: number): string {
  const roll = draw();
  if (depth > 0 && roll < 0.45)
    return `(${condition(depth - 1)} ${pick(['and', 'or', 'and'])} ${condition(depth - 1)})`;
  if (depth > 0 && roll < 0.52) return `(not ${condition(depth - 1)})`;
  if (depth > 0 && roll < 0.57)
    return `(${condition(depth - 1)} if ${condition(depth - 1)} else ${condition(depth - 1)})`;
  if (roll < 0.62) return `${path()} ${pick(['in', 'not in'])} [${literal()}, ${literal()}]`;
  if (roll < 0.67) return `${literal()} ${sign()} ${path()}`;
  if (roll < 0.71) return `"${pick(NAMES)}" in run.tags`;
  if (roll < 0.75) return `${literal()} < ${path()} <= ${literal()}`;
  if (roll < 0.79) return pick(['run.active', 'run.archived', 'run.flag', 'run.lr', 'metric.last']);
  if (roll < 0.83) return `run.created_at ${pick(['<', '>=', '>', '<='])} ${1700000000 + Math.floor(draw() * 60)}`;
  return `${path()} ${sign()} ${literal()}`;
}

/** What a search finds: runs, and how many of their series. */
async function found(query: PreparedQuery, kind?: SeriesKind): Promise<string[]> {
  const matches: string[] = [];
  for await (const { match } of matchingRuns(
    house.ports,
    { projectId, query, ...(kind ? { kind } : {}) },
    call().signal,
  )) {
    if (match) matches.push(`${match.run.extId} ${kind ? match.series.map(({ id }) => id).join() : ''}`);
  }
  return matches;
}

it('looks at every run a query is true of: the plan never leaves one out', async () => {
  let narrowed = 0;
  let wanted = 0;
  for (let round = 0; round < 150; round++) {
    const sequence: SequenceName | undefined = round % 2 === 0 ? 'metric' : undefined;
    const text = condition(3);
    const query = prepareQuery(text, { offset: 0, now: 0, ...(sequence ? { sequence } : {}) });
    const kind = sequence ? 'number' : undefined;
    const everything = await found({ ...query, plan: { kind: 'all' } }, kind);
    expect([text, await found(query, kind)]).toEqual([text, everything]);
    if (query.plan.kind !== 'all') narrowed++;
    wanted += everything.length;
  }
  // Queries that find nothing, and plans that say nothing, would prove nothing.
  expect(narrowed).toBeGreaterThan(100);
  expect(wanted).toBeGreaterThan(300);
});
