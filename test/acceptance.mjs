/**
 * What issue by issue is promised: a point, the command that shows it, and where its figure stands in the output. Later issues add rows.
 * Rows of measurements read the committed results; the commands that made them are in bench/RESULTS.md.
 */
const spec = (project, ...files) => `npx vitest run --project ${project} ${files.join(' ')}`;
const tests = /Tests\s+(\d+ passed)/;

export const rows = [
  {
    point: 'A.1',
    what: 'types, lint, import law, dead code, layout, unit and contract tests',
    command: 'npm run check',
  },
  {
    point: 'A.1',
    what: 'every project stands in the law; no dead link; sizes of files',
    command: spec('unit', 'test/architecture'),
    figure: /(\d+ files, median \d+, 90th percentile \d+, longest \d+)/,
  },
  {
    point: 'A.1',
    what: 'the containers: services, health, order, programs',
    command: spec('unit', 'test/architecture/containers'),
    figure: tests,
  },
  {
    point: 'A.2',
    what: 'the two commands from a fresh clone, as root and as an ordinary user, twice, after kill -9',
    command: 'node test/fresh-clone/fresh-clone.mjs',
  },
  {
    point: 'A.2',
    what: 'the embedded Postgres: orphans, kills, taken ports',
    command: spec('unit', 'libs/embedded'),
    figure: tests,
  },
  {
    point: 'A.2',
    what: 'one conformance suite over BullMQ on Postgres and on Redis',
    command: spec('services', 'libs/queue'),
    figure: tests,
  },
  {
    point: 'A.2',
    what: 'migrations make exactly the entities, and each undoes itself',
    command: spec('services', 'libs/persistence'),
    figure: tests,
  },
  { point: 'A.2', what: 'the danfojs bridge', command: spec('unit', 'libs/danfo'), figure: tests },
  {
    point: 'A.3',
    what: 'reading, types, statistics, pages, export, hazards of files',
    command: spec('unit', 'libs/tables', 'libs/frame'),
    figure: tests,
  },
  { point: 'A.3', what: 'statistics equal to pandas', command: spec('unit', 'test/golden'), figure: tests },
  {
    point: 'A.3',
    what: 'a 1 GB upload with its SHA-256 beside a bare Busboy',
    command: 'npx tsc -p bench && node dist/bench/uploads/run.js',
    figure: /(oursMegabytesPerSecond": \d+,\s+"bareMegabytesPerSecond": \d+,\s+"oursGrownMib": \d+)/,
  },
  {
    point: 'A.4',
    what: 'from a file to predictions, explanations and a search on real data',
    command: spec('e2e', 'test/e2e/story', 'test/e2e/notebook'),
    figure: tests,
  },
  {
    point: 'A.4',
    what: 'the same run again gives the same bytes, whatever the threads',
    command: spec('unit', 'libs/compute'),
    figure: tests,
  },
  {
    point: 'A.5',
    what: 'job protocol: claims, leases, cancel, recovery, feed',
    command: spec('services', 'libs/workflow', 'apps/worker'),
    figure: tests,
  },
  { point: 'A.5', what: 'chaos over both backends, 20 rounds', command: spec('e2e', 'test/chaos'), figure: tests },
  {
    point: 'A.6',
    what: 'contract suites over every component',
    command: spec('unit', 'test/contracts', 'libs/components'),
    figure: tests,
  },
  {
    point: 'A.6',
    what: 'golden values against scikit-learn, pandas, Optuna',
    command: spec('unit', 'test/golden'),
    figure: tests,
  },
  {
    point: 'A.7',
    what: 'OpenAPI: complete, no dangling reference, a generated client runs the main job',
    command: spec('e2e', 'test/api'),
    figure: tests,
  },
  { point: 'A.7', what: 'attack classes 1–3, 6, 8, 11, 12', command: spec('e2e', 'test/security'), figure: tests },
  {
    point: 'A.8',
    what: 'each refusal of each route, in five languages',
    command: spec('e2e', 'test/e2e/refusals'),
    figure: tests,
  },
  {
    point: 'A.8',
    what: 'bad input leaves no half-made row or file',
    command: spec('e2e', 'test/e2e/hazards'),
    figure: tests,
  },
  { point: 'A.8', what: 'the page in a real browser', command: spec('e2e', 'test/e2e/web'), figure: tests },
  { point: 'A.8', what: 'the first-run guide', command: spec('e2e', 'test/e2e/first-run'), figure: tests },
  {
    point: 'B.2',
    what: 'data sets: Excel, JSON, ARFF, Parquet, Arrow, archives, pictures, URLs, each with its hazards',
    command: spec('unit', 'libs/tables'),
    figure: tests,
  },
  {
    point: 'B.2',
    what: 'a workbook, a URL and an archive of pictures through the whole house',
    command: spec('e2e', 'test/e2e/formats'),
    figure: tests,
  },
  {
    point: 'B.3',
    what: 'notebooks: scope, target, order, undo, two at once, a failing step, overrides; converters equal to their references',
    command: spec('e2e', 'test/e2e/notebook'),
    figure: tests,
  },
  {
    point: 'B.4',
    what: 'folds, nested and repeated; fold metrics; patch, reset, operations; deletion while training',
    command: spec('services', 'libs/workflow/src/run'),
    figure: tests,
  },
  {
    point: 'B.4',
    what: 'splitters and optimizers beside their references',
    command: spec('unit', 'test/golden/folds', 'test/golden/hyperopt'),
    figure: tests,
  },
  {
    point: 'B.9',
    what: 'hardware, metrics socket, job feed, health, an outage of the database',
    command: spec('services', 'apps/api/src'),
    figure: tests,
  },
  {
    point: 'B.6',
    what: 'predictions: report and policy for data that do not quite fit, files in cells, probabilities, refusals',
    command: spec('e2e', 'test/e2e/prediction'),
    figure: tests,
  },
  {
    point: 'B.7',
    what: 'plugins: life cycle, clashes, broken packages, rights; off unless turned on',
    command: spec('e2e', 'test/e2e/plugin'),
    figure: tests,
  },
  {
    point: 'B.8',
    what: 'generative sessions, turns, streamed answers, cancel, media, refusals; the real engine on a model of our own',
    command: spec('e2e', 'test/e2e/generative', 'test/e2e/text-engine'),
    figure: tests,
  },
  {
    point: 'B.8',
    what: 'downloads: resumed, checked, refused, never into the own network',
    command: spec('services', 'libs/workflow/src/component-download'),
    figure: tests,
  },
  {
    point: 'B.1',
    what: 'components, data sets, notebooks, sessions, runs and jobs, called row by row as the real client calls them',
    command: 'npx vitest run --project compat',
    figure: tests,
  },
  {
    point: 'B.client',
    what: 'every answer fits its schema, and every route is answered with success by some test (a whole run names those that are not)',
    command: spec('e2e', 'test/e2e/sign-in', 'test/e2e/story'),
    figure: tests,
  },
  {
    point: 'B.10',
    what: 'any build at the root and below /app/: endings, ranges, caching, nothing outside of it',
    command: spec('services', 'apps/api/src/front-end'),
    figure: tests,
  },
  {
    point: 'B.bad-input',
    what: 'a seeded fuzz of every route: no fault, no undocumented status',
    command: spec('e2e', 'test/security/fuzz'),
    figure: tests,
  },
  {
    point: 'B.5',
    what: 'explainers, reports and statistical tests through the API, with their refusals',
    command: spec('e2e', 'test/e2e/explain'),
    figure: tests,
  },
  {
    point: 'B.5',
    what: 'partial dependence, Shapley values, curves and p-values equal to scikit-learn, shap, scipy, statsmodels',
    command: spec('unit', 'test/golden/explainers', 'test/golden/reports'),
    figure: tests,
  },
  {
    point: 'E.5',
    what: 'the client: every route, patience, uploads, jobs',
    command: spec('unit', 'libs/client'),
    figure: tests,
  },
  {
    point: 'E.5',
    what: 'both packages packed, installed into an empty folder, checked, run, bundled for browsers',
    command: spec('e2e', 'test/e2e/sdk/packages'),
    figure: tests,
  },
];
