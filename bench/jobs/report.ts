import { recordSection } from '../record-section.js';
import type { Spread } from './bench-client.js';

type Part = Record<string, unknown> & { readonly loadAverage?: readonly number[] };
/** By broker and part: spreads of milliseconds or, of statements, counts, by what was measured. */
export type JobsResults = Record<string, Record<string, Part>>;

const PARTS: Readonly<Record<string, string>> = {
  startedAtClientMs: 'from a click until the client sees `started`',
  runningAgainMs: 'from the death of a worker until its job runs again',
  cancelledMs: 'from cancelling until the client sees `cancelled`',
  apiWhileComputingMs: 'an answer of the API that needs no database',
};
/** Targets: median and 99th percentile on Postgres, on Redis; one figure is the longest. */
const TARGETS: Readonly<Record<string, string>> = {
  'startedAtClientMs postgres': '10 / 30',
  'startedAtClientMs redis': '5 / 20',
  'the same hops bare, after 0.05 s idle': '–',
  'the same hops bare, after 5 s idle': '–',
  'with a second worker': '5000',
  'by the respawned worker': '8000',
  'running, with ticks': '250',
  'running, deaf': '250',
  queued: '20',
  'while two jobs compute': '– / 20',
  'while two jobs train': '– / 20',
};

const isSpread = (value: unknown): value is Spread => typeof value === 'object' && value !== null && 'p50' in value;

function partLines(broker: string, name: string, part: Part): string[] {
  return Object.entries(part).flatMap(([what, spread]) => {
    if (!isSpread(spread)) return [];
    const target = TARGETS[what] ?? TARGETS[`${name} ${broker}`] ?? '–';
    const load = part.loadAverage?.join('–') ?? '';
    const { count, p50, p99, max } = spread;
    return [`| ${[broker, `${PARTS[name] ?? name}, ${what}`, target, p50, p99, max, count, load].join(' | ')} |`];
  });
}

function statementLines(results: JobsResults): string[] {
  return Object.entries(results).flatMap(([broker, { statementsPerClick }]) => {
    if (!statementsPerClick) return [];
    const counts = Object.entries(statementsPerClick).filter(([, count]) => typeof count === 'number');
    const words = counts.map(([program, count]) => `${String(count)} of \`${program}\``).join(', ');
    return ['', `Statements one click sends to Postgres, on ${broker}: ${words}.`];
  });
}

interface IdleCost {
  readonly cpuSeconds: Readonly<Record<string, number>>;
  readonly statements: Readonly<Record<string, number>>;
}

function idleLines(results: JobsResults): string[] {
  const costs = Object.entries(results).flatMap(([broker, { idlePerMinute = {} }]) =>
    Object.entries(idlePerMinute).flatMap(([who, cost]) =>
      typeof cost === 'object' && cost !== null && 'cpuSeconds' in cost
        ? [[broker, who, cost as IdleCost] as const]
        : [],
    ),
  );
  if (costs.length === 0) return [];
  const listed = (values: Readonly<Record<string, number>>): string =>
    Object.entries(values)
      .map(([program, value]) => `${value} \`${program}\``)
      .join(', ');
  return [
    '',
    'A minute in which no job waits or runs, one worker:',
    '',
    '| broker | who looks on | processor seconds | statements |',
    '| --- | --- | --- | --- |',
    ...costs.map(
      ([broker, who, { cpuSeconds, statements }]) =>
        `| ${[broker, who, listed(cpuSeconds), listed(statements)].join(' | ')} |`,
    ),
  ];
}

/** Puts the figures into the Markdown file, in place of the former ones. */
export function writeSection(results: JobsResults, markdownFile: string): void {
  const lines = Object.entries(results).flatMap(([broker, parts]) =>
    Object.entries(parts).flatMap(([name, part]) => partLines(broker, name, part)),
  );
  recordSection(markdownFile, 'jobs', [
    '## Jobs',
    '',
    'Milliseconds over the compiled programs, the load average of the machine before and after. Made by',
    '`node dist/bench/jobs/run.js` after `npm run build` and `npx tsc -p bench`.',
    '',
    '| broker | what | target | p50 | p99 | longest | tries | load |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    ...statementLines(results),
    ...idleLines(results),
  ]);
}
