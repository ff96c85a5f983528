import { readFileSync, writeFileSync } from 'node:fs';

/** What one search took with one worker and with two, the better of two tries each. */
export interface TrialsReport {
  readonly node: string;
  readonly cores: number;
  readonly trials: number;
  readonly rows: number;
  /** Of the machine, before and after. */
  readonly loadAverage: readonly [number, number];
  readonly seconds: readonly [one: number, two: number];
  /** Of the workers with their compute children. */
  readonly cpuSeconds: readonly [one: number, two: number];
}

const [begin, end] = ['<!-- trials: begin -->', '<!-- trials: end -->'];

/** Puts the figures into the Markdown file, in place of the former ones. */
export function writeSection(results: Readonly<Record<string, TrialsReport>>, markdownFile: string): void {
  const lines = Object.entries(results).map(([broker, { cores, trials, rows, loadAverage, seconds, cpuSeconds }]) => {
    const [one, two] = seconds;
    const figures = [one, two, (one / two).toFixed(2), ...cpuSeconds];
    return `| ${[broker, trials, rows, ...figures, cores, loadAverage.join('–')].join(' | ')} |`;
  });
  const section = [
    begin,
    '## A search on two workers',
    '',
    'Seconds from the submission of one search until its run is finished, its trials being child jobs of 4 a batch: with one worker of one',
    'slot and one thread, and with two of them, in the order 1 2 2 1, the better of two. All searches came to the same parameters and scores.',
    'CPU seconds are those of the workers with their children. API, Postgres and broker work on the same cores, so that two workers on two',
    'cores cannot be twice as fast. Made by `node dist/bench/trials/run.js` after `npm run build` and `npx tsc -p bench`.',
    '',
    '| broker | trials | rows | one worker s | two workers s | ratio | CPU s, one | CPU s, two | cores | load |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    end,
  ].join('\n');
  const [before, rest] = readFileSync(markdownFile, 'utf8').split(begin);
  const after = (rest?.split(end)[1] ?? '').trimStart();
  writeFileSync(markdownFile, `${before!.trimEnd()}\n\n${section}\n${after && `\n${after}`}`);
}
