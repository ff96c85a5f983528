import { readFileSync, writeFileSync } from 'node:fs';

import type { Spread } from './bench-client.js';

type Part = Record<string, unknown> & { readonly loadAverage?: readonly number[] };
/** By broker and part: spreads of milliseconds or, of statements, counts, by what was measured. */
export type JobsResults = Record<string, Record<string, Part>>;

const [begin, end] = ['<!-- jobs: begin -->', '<!-- jobs: end -->'];
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
  'with a second worker': '5000',
  'by the respawned worker': '8000',
  'running, with ticks': '250',
  'running, deaf': '250',
  queued: '20',
};

const isSpread = (value: unknown): value is Spread => typeof value === 'object' && value !== null && 'p50' in value;

function partLines(broker: string, name: string, part: Part): string[] {
  return Object.entries(part).flatMap(([what, spread]) => {
    if (!isSpread(spread)) return [];
    const target = TARGETS[`${name} ${broker}`] ?? TARGETS[what] ?? '–';
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

/** Puts the figures into the Markdown file, in place of the former ones. */
export function writeSection(results: JobsResults, markdownFile: string): void {
  const lines = Object.entries(results).flatMap(([broker, parts]) =>
    Object.entries(parts).flatMap(([name, part]) => partLines(broker, name, part)),
  );
  const section = [
    begin,
    '## Jobs',
    '',
    'Milliseconds over the compiled programs, the load average of the machine before and after. Made by',
    '`node dist/bench/jobs/run.js` after `npm run build` and `npx tsc -p bench`.',
    '',
    '| broker | what | target | p50 | p99 | longest | tries | load |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    ...statementLines(results),
    end,
  ].join('\n');
  const [before, rest] = readFileSync(markdownFile, 'utf8').split(begin);
  const after = (rest?.split(end)[1] ?? '').trimStart();
  writeFileSync(markdownFile, `${before!.trimEnd()}\n\n${section}\n${after && `\n${after}`}`);
}
