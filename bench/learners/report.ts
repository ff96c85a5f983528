import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { recordSection } from '../record-section.js';
import type { BenchRow } from './measurement.js';

function seconds(value: number): string {
  return value < 10 ? value.toFixed(3) : value.toFixed(1);
}

/** Rows of more than one thread: wall seconds, beside ours on one thread where they were measured. */
function threadLines(rows: readonly BenchRow[]): string[] {
  const lines = rows.flatMap(({ model, rows: count, threads, ours, peer }) => {
    if (threads === undefined) return [];
    const alone = rows.find((row) => row.model === model && row.rows === count && row.threads === undefined);
    const cells = [
      model,
      count.toExponential(0).replace('+', ''),
      threads,
      (ours.fitSeconds / peer.fitSeconds).toFixed(2),
      seconds(ours.fitSeconds),
      alone ? seconds(alone.ours.fitSeconds) : '',
      seconds(peer.fitSeconds),
    ];
    return [`| ${cells.join(' | ')} |`];
  });
  if (lines.length === 0) return [];
  return [
    '',
    'With warm helper threads, **wall** seconds of fits, so only an idle machine tells the truth; scikit-learn on one thread.',
    'Made by `node dist/bench/learners/run.js --threads 2 --rows 100000`.',
    '',
    '| learner | rows | threads | fit | fit s | on one thread | theirs |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ];
}

/** The rows as lines of Markdown; ratios are ours / peer in CPU seconds, smaller is better. */
function section(rows: readonly BenchRow[]): string[] {
  const alone = rows.filter(({ threads }) => threads === undefined);
  const lines = alone.map(({ model, rows: count, ours, peer }) => {
    const ratio = (a: number, b: number): string => (a / b).toFixed(2);
    const cells = [
      model,
      count.toExponential(0).replace('+', ''),
      ratio(ours.fitCpuSeconds, peer.fitCpuSeconds),
      ratio(ours.predictCpuSeconds, peer.predictCpuSeconds),
      ...[ours.fitCpuSeconds, peer.fitCpuSeconds, ours.predictCpuSeconds, peer.predictCpuSeconds].map(seconds),
      `${ours.peakMegabytes.toFixed(0)} / ${peer.peakMegabytes.toFixed(0)}`,
      `${ours.score.toFixed(4)} / ${peer.score.toFixed(4)}`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const { runtime, peerVersion, columns } = rows[0]!;
  return [
    '## Learners beside scikit-learn',
    '',
    `Node ${runtime}, scikit-learn ${peerVersion}, one thread each, ${columns} columns; the lesser of two runs in the order A B B A.`,
    'Ratios are ours / scikit-learn in CPU seconds: below 1 we are faster. Memory is in MB, the score on held-out rows',
    '(accuracy or R²), both ours / theirs; both sides are warm: three fits and predictions of 1,000 rows come first. What takes less than 0.2 s is',
    'done ten times, and the least counts, on both sides. Of classifiers we predict probabilities and the classes from them; so does scikit-learn, but its DummyClassifier, which is asked for `predict_proba`, and LogisticRegression.predict, which computes none. Made by `node dist/bench/learners/run.js` after `npx tsc -p bench`.',
    '',
    '| learner | rows | fit | predict | fit s | theirs | predict s | theirs | memory | score |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    ...threadLines(rows),
  ];
}

function readRows(file: string): BenchRow[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BenchRow[]) : [];
}

/** Puts a row into the results file, in place of an older one of the same learner, size and threads, and writes the table again. */
export function record(row: BenchRow, resultsFile: string, markdownFile: string): void {
  const same = (other: BenchRow): boolean =>
    other.model === row.model && other.rows === row.rows && other.threads === row.threads;
  const rows = [...readRows(resultsFile).filter((other) => !same(other)), row];
  rows.sort((a, b) => a.model.localeCompare(b.model) || a.rows - b.rows);
  writeFileSync(resultsFile, `${JSON.stringify(rows, null, 2)}\n`);
  recordSection(markdownFile, 'learners', section(rows));
}
