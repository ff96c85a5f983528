/**
 * What was promised of speed and memory beside the measurements that are committed:
 *   node tools/targets.mjs [part …] [--results <folder, bench/results unless said>]
 * Measures nothing; bench/RESULTS.md says what makes the figures. Ends with 1 when a target is missed or was not measured.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { root } from './run.mjs';

const { values: given, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { results: { type: 'string', default: join(root, 'bench/results') } },
});
const read = (name) => JSON.parse(readFileSync(join(given.results, `${name}.json`), 'utf8'));

/** Part, what, file and path of the figure in it, bound: `['<=', 30]` for at most, `['>=', 250]` for at least. */
const targets = [
  ['uploads', '1 GB with its SHA-256, MB/s', 'uploads', ['oursMegabytesPerSecond'], ['>=', 250]],
  ['uploads', 'growth of the API by it, MiB', 'uploads', ['oursGrownMib'], ['<=', 114]],

  ['tables', 'ingest beside DuckDB’s own copy, ratio', 'tables', ['ingest', 'ratio'], ['<=', 1]],
  ['tables', 'memory of ingest, MiB', 'tables', ['ingest', 'ours', 'peakMib'], ['<=', 1536]],
  ['tables', 'a jump to any page, ms', 'tables', ['grid', 'jump', 'p99Ms'], ['<=', 30]],
  ['tables', 'a filter, ms', 'tables', ['grid', 'filter', 'p99Ms'], ['<=', 400]],
  ['tables', 'the first page of a sort, ms', 'tables', ['grid', 'firstSorted', 'p99Ms'], ['<=', 400]],
  ['tables', 'a deep page of a sort the first time, ms', 'tables', ['grid', 'deepFirst', 'p99Ms'], ['<=', 2000]],
  ['tables', 'a deep page of a sort after, ms', 'tables', ['grid', 'deepAfter', 'p99Ms'], ['<=', 30]],

  ...[
    ['postgres', 10, 30],
    ['redis', 5, 20],
  ].flatMap(([backend, p50, p99]) => [
    ...['after 0.05 s idle', 'after 5 s idle', 'after 60 s idle'].flatMap((idle) => {
      const path = ['results', backend, 'startedAtClientMs', idle];
      return [
        ['jobs', `${backend}: click to started ${idle}, median ms`, 'jobs', [...path, 'p50'], ['<=', p50]],
        ['jobs', `${backend}: click to started ${idle}, p99 ms`, 'jobs', [...path, 'p99'], ['<=', p99]],
        ['jobs', `${backend}: click to started ${idle}, tries`, 'jobs', [...path, 'count'], ['>=', 20]],
      ];
    }),
    ...[
      ['running again by the respawned worker, ms', 'runningAgainMs', 'by the respawned worker', 'max', 8000],
      ['running again with a second worker, ms', 'runningAgainMs', 'with a second worker', 'max', 5000],
      ['cancel of a running job, ms', 'cancelledMs', 'running, with ticks', 'max', 250],
      ['cancel of a running job that does not listen, ms', 'cancelledMs', 'running, deaf', 'max', 250],
      ['cancel of a queued job, ms', 'cancelledMs', 'queued', 'max', 20],
      ['the API while both cores train, p99 ms', 'apiWhileComputingMs', 'while two jobs train', 'p99', 20],
    ].map(([what, ...path]) => {
      const bound = path.pop();
      return ['jobs', `${backend}: ${what}`, 'jobs', ['results', backend, ...path], ['<=', bound]];
    }),
  ]),

  [
    'jobs',
    'postgres: a minute in which nothing happens, processor seconds of all programs',
    idle(),
    ['seconds'],
    ['<=', 6],
  ], // a tenth of a core
  ['api', '50 validated rows of Postgres, requests/s', 'api', ['results', '50 rows of a Postgres table', 'requestsPerSecond'], ['>=', 8000]], // prettier-ignore

  ...learnerTargets(),
  ...trackingTargets(),
];

/** With nobody looking on: API, worker and Postgres together. */
function idle() {
  const seconds = read('jobs').results.postgres.idlePerMinute?.['nobody looks on'].cpuSeconds;
  return { seconds: seconds && seconds.api + seconds.worker + seconds.postgres };
}

/** CPU seconds of ours by scikit-learn's, one thread each: every measurement, and those that were promised and are missing. */
function learnerTargets() {
  const promised = [
    'RandomForestClassifier',
    'HistGradientBoostingClassifier',
    'DecisionTreeClassifier',
    'LogisticRegression',
    'KNeighborsClassifier',
    'GaussianNB',
    'DummyClassifier',
    'LinearRegression',
    'Ridge',
    'MLPRegressor',
    'RandomForestRegressor',
  ].flatMap((model) => [`${model} 1e4`, `${model} 1e5`]);
  const forests = ['RandomForestClassifier 1e6', 'RandomForestRegressor 1e6'];
  const ratios = new Map([...promised, ...forests].map((name) => [name, undefined]));
  for (const { model, rows, threads, ours, peer } of read('learners'))
    if (threads === undefined)
      ratios.set(`${model} 1e${Math.log10(rows)}`, {
        fit: ours.fitCpuSeconds / peer.fitCpuSeconds,
        predict: ours.predictCpuSeconds / peer.predictCpuSeconds,
      });
  const fits = [...ratios.values()].flatMap((ratio) => ratio?.fit ?? []);
  const faster = (100 * fits.filter((ratio) => ratio < 1).length) / fits.length;
  return [
    ['learners', 'fits that are faster, %', { faster }, ['faster'], ['>=', 50]],
    ...[...ratios].flatMap(([name, ratio]) => [
      ['learners', `fit of ${name}, ratio`, { ratio }, ['ratio', 'fit'], ['<=', 1.5]],
      ['learners', `predict of ${name}, ratio`, { ratio }, ['ratio', 'predict'], ['<=', 1.5]],
    ]),
  ];
}

/** Points in requests of the best size, a long chart, a long list, no loss. */
function trackingTargets() {
  const { writes, reads, lists } = read('tracking');
  const best = Math.max(...writes.map(({ ours }) => ours.pointsPerSecond));
  const lost = writes.reduce((sum, one) => sum + one.lost, 0);
  const chart = reads.find(({ what }) => what === '1 M points to 2,000');
  const list = lists.find(({ what }) => what === 'all 10,000 runs in one list');
  return [
    ['tracking', 'points of four writers, per second', { best }, ['best'], ['>=', 200_000]],
    ['tracking', 'points lost', { lost }, ['lost'], ['<=', 0]],
    ['tracking', '1 M points to 2,000, p99 ms', { chart }, ['chart', 'p99Ms'], ['<=', 25]],
    ['tracking', 'a list of 10,000 runs, median ms', { list }, ['list', 'p50Ms'], ['<=', 300]],
    ['tracking', 'a list of 10,000 runs, p99 ms', { list }, ['list', 'p99Ms'], ['<=', 300]],
  ];
}

const parts = [...new Set(targets.map(([part]) => part))];
const unknown = wanted.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`no targets for ${unknown.join(', ')}; there are ${parts.join(', ')}`);
  process.exit(2);
}
const rows = targets
  .filter(([part]) => wanted.length === 0 || wanted.includes(part))
  .map(([part, what, source, path, [sign, bound]]) => {
    const results = typeof source === 'string' ? read(source) : source;
    const figure = path.reduce((node, key) => node?.[key], results);
    const met = typeof figure === 'number' && (sign === '<=' ? figure <= bound : figure >= bound);
    const shown = typeof figure === 'number' ? `${Math.round(figure * 100) / 100}` : 'not measured';
    return { met, text: `${what}: ${shown}`, bound: `${sign} ${bound}`, part };
  });
for (const { met, part, text, bound } of rows) console.log(`${met ? 'met   ' : 'MISSED'}  ${part}  ${text}, ${bound}`);
const missed = rows.filter(({ met }) => !met);
const summary = [`${rows.length - missed.length} of ${rows.length} targets met`];
if (missed.length > 0) summary.push(`missed: ${missed.map(({ text, bound }) => `${text} (${bound})`).join('; ')}`);
else if (rows.length <= 12) summary.push(rows.map(({ text }) => text).join('; '));
console.log(summary.join('; '));
process.exitCode = missed.length === 0 ? 0 : 1;
