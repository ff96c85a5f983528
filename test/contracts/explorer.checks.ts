import { gzipSync } from 'node:zlib';

import { expect } from 'vitest';

import { parametersFor, type Explorer } from '#components';
import { AppError, misfit } from '#contract';
import { column, createFrame, type Frame } from '#frame';

import { figureViolations } from './plotly-schema.js';
import { cellsOf, emptied, firstRows, toyFrame } from './toy-frames.js';
import type { Check } from './waivers.js';

const toy = toyFrame(120);
/** As large as a million rows is to a reader: the payload must not know the difference. */
const large = toyFrame(1_000_000);
/** The same with this many levels in each column that has any. */
const leveled = (count: number): Frame =>
  createFrame(
    large.columns.map((source) => {
      if (source.kind !== 'categorical') return source;
      const dictionary = Array.from({ length: count }, (_, code) => `level ${code}`);
      const type = { ...source.type, categories: dictionary, num_categories: dictionary.length };
      return { ...source, type, dictionary, codes: source.codes.map((_, row) => (row * 7919) % dictionary.length) };
    }),
  );
const MOST_BYTES = 200_000;

type Artifacts = ReturnType<Explorer['explore']>;

/** Columns the explorer may be pointed at, as many as it needs at least, and all it may take. */
function choices({ columns: rule }: Explorer, frame: Frame): string[][] {
  const fit = frame.columns.filter((column) => misfit({ ...rule, min: 1, max: 1 }, [column]) === null);
  const names = fit.map(({ name }) => name);
  return [names.slice(0, rule.min ?? 1), names.slice(-(rule.min ?? 1)), names.slice(0, rule.max ?? names.length)];
}

/** Default parameters, each option of each choice, and a further column of each kind in each parameter that names one. */
function variants(explorer: Explorer): Record<string, unknown>[] {
  const given: Record<string, unknown>[] = [{}];
  for (const [name, field] of Object.entries(explorer.params)) {
    if (field.kind === 'choice') given.push(...field.options.map((option) => ({ [name]: option })));
    if (field.kind === 'bool') given.push({ [name]: true }, { [name]: false });
  }
  const naming = explorer.columnParams ?? [];
  for (const column of ['color', 'shape', 'count'])
    given.push(Object.fromEntries(naming.map((name) => [name, column])));
  return given.map((params) => parametersFor(explorer, params));
}

/** The artifacts, or null when the explorer refuses with an error a person can act upon. */
function explore(
  explorer: Explorer,
  frame: Frame,
  columns: readonly string[],
  params: Record<string, unknown>,
): Artifacts | null {
  try {
    return explorer.explore(frame, columns, params, { seed: 1 });
  } catch (error) {
    expect(error, 'what an explorer throws is shown to people: an AppError').toBeInstanceOf(AppError);
    return null;
  }
}

function everyRun(explorer: Explorer, frame: Frame, look: (artifacts: Artifacts) => void): void {
  let runs = 0;
  for (const columns of choices(explorer, frame))
    for (const params of variants(explorer)) {
      const artifacts = explore(explorer, frame, columns, params);
      if (!artifacts) continue;
      look(artifacts);
      runs++;
    }
  expect(runs).toBeGreaterThan(0);
}

function sound(artifacts: Artifacts): void {
  expect(artifacts.length).toBeGreaterThan(0);
  for (const artifact of artifacts) {
    const json = JSON.stringify(artifact);
    expect(JSON.parse(json)).toEqual(artifact);
    if (artifact.type === 'plotly') {
      expect(figureViolations(artifact.payload)).toEqual([]);
      expect(artifact.payload).not.toContain('<b>');
      const { layout } = JSON.parse(artifact.payload) as { layout: { title: { text: string } } };
      expect(layout.title.text).not.toBe('');
    } else expect(artifact.title).not.toBe('');
  }
}

/** The artifacts, also with every further column there may be, are as large as a page can take. */
function staysSmall(explorer: Explorer, frame: Frame, columns: readonly string[]): void {
  for (const params of [{}, Object.fromEntries((explorer.columnParams ?? []).map((name) => [name, 'color']))]) {
    const artifacts = explore(explorer, frame, columns, parametersFor(explorer, params)) ?? [];
    for (const artifact of artifacts) expect(gzipSync(JSON.stringify(artifact)).length).toBeLessThan(MOST_BYTES);
  }
}

export const explorerChecks: readonly Check<Explorer>[] = [
  {
    name: 'artifacts are plain JSON and figures are known to Plotly',
    run: (explorer) => everyRun(explorer, toy, sound),
  },
  {
    name: 'defaults work on the first columns that fit',
    run: (explorer) =>
      expect(() =>
        explorer.explore(toy, choices(explorer, toy)[0]!, parametersFor(explorer, {}) as never, { seed: 1 }),
      ).not.toThrow(),
  },
  {
    name: 'a look leaves the data alone and gives the same again',
    run: (explorer) => {
      const before = cellsOf(toy);
      const once: string[] = [];
      everyRun(explorer, toy, (artifacts) => once.push(JSON.stringify(artifacts)));
      const again: string[] = [];
      everyRun(explorer, toy, (artifacts) => again.push(JSON.stringify(artifacts)));
      expect(again).toEqual(once);
      expect(cellsOf(toy)).toEqual(before);
    },
  },
  { name: 'no rows give a result or a typed error', run: (explorer) => everyRun(explorer, firstRows(toy, 0), sound) },
  { name: 'one row gives a result or a typed error', run: (explorer) => everyRun(explorer, firstRows(toy, 1), sound) },
  {
    name: 'columns without a value give a result or a typed error',
    run: (explorer) => everyRun(explorer, emptied(toy), sound),
  },
  {
    name: 'a million rows stay below 200 kB',
    run: (explorer) => staysSmall(explorer, large, choices(explorer, large)[0]!),
  },
  {
    name: 'columns of many levels stay below 200 kB',
    run: (explorer) => {
      const { min = 1 } = explorer.columns;
      // All pairs of a hundred thousand would end the process instead of the test.
      const frame = leveled(min > 1 ? 3000 : 100_000);
      const named = choices(explorer, frame)
        .flat()
        .filter((name) => column(frame, name).kind === 'categorical');
      // Where a figure takes no levels, it may still be coloured by them.
      staysSmall(
        explorer,
        frame,
        named.length < min ? choices(explorer, frame)[0]! : [...new Set(named)].slice(0, min),
      );
    },
  },
  {
    name: 'a column that does not exist is a typed error',
    run: (explorer) => {
      for (const name of explorer.columnParams ?? [])
        expect(() =>
          explorer.explore(
            toy,
            choices(explorer, toy)[0]!,
            parametersFor(explorer, { [name]: 'no such column' }) as never,
            { seed: 1 },
          ),
        ).toThrow(expect.objectContaining({ code: 'column-not-found' }));
    },
  },
  {
    name: 'figures say so when they leave something out',
    run: (explorer) =>
      everyRun(explorer, emptied(toy), (artifacts) => {
        for (const artifact of artifacts)
          if (artifact.type === 'plotly' && explorer.columns.max !== undefined)
            expect(artifact.payload, 'columns without a value: the note of the figure, or a group, says so').toMatch(
              /<sub>|\(missing\)/,
            );
      }),
  },
];
