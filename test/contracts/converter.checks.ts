import { expect } from 'vitest';

import { decodeState, encodeState, parametersFor, type ColumnConverter, type Converter, type State } from '#components';
import { AppError, misfit } from '#contract';
import { column, lengthOf, select, takeRows, type Column, type Frame } from '#frame';
import { NumericError } from '#linalg';

import { cellsOf, emptied, firstRows, toyFrame } from './toy-frames.js';
import type { Check } from './waivers.js';

const toy = toyFrame(90);
const split = {
  train: firstRows(toy, 60),
  test: takeRows(
    toy,
    Array.from({ length: 30 }, (_, row) => 60 + row),
  ),
};

/** Columns the converter may be pointed at: the fewest it takes, all of one semantic type, and all that lack no value. */
export function scopes({ columns: rule }: Converter): string[][] {
  const fit = toy.columns.filter((one) => misfit({ ...rule, min: 1, max: 1 }, [one]) === null);
  const kinds = [...new Set(fit.map(({ type }) => type.type))];
  const same = kinds.map((kind) => fit.filter(({ type }) => type.type === kind).map(({ name }) => name));
  const whole = fit.filter((one) => isWhole(one)).map(({ name }) => name);
  return [
    fit.slice(0, rule.min ?? 1).map(({ name }) => name),
    ...same.map((names) => names.slice(0, rule.max ?? names.length)),
    whole.slice(0, rule.max ?? whole.length),
  ];
}

/** Whether a cell holds a value. */
function hasValue(one: Column, row: number): boolean {
  if (one.kind === 'numeric') return Number.isFinite(one.values[row]);
  return one.kind === 'categorical' ? one.codes[row]! >= 0 : one.values[row] !== null;
}

const isWhole = (one: Column): boolean =>
  Array.from({ length: lengthOf(one) }, (_, row) => hasValue(one, row)).every(Boolean);

/** Default parameters and each option of each choice and switch. */
export function variants(converter: Converter): Record<string, unknown>[] {
  const given: Record<string, unknown>[] = [{}];
  for (const [name, field] of Object.entries(converter.params)) {
    if (field.kind === 'choice') given.push(...field.options.map((option) => ({ [name]: option })));
    if (field.kind === 'bool') given.push({ [name]: true }, { [name]: false });
  }
  return given.flatMap((params) => attempt(() => [parametersFor(converter, params)]) ?? []);
}

/** The value, or null for an error that the platform makes one of for people. */
export function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    expect(error instanceof AppError || error instanceof NumericError, String(error)).toBe(true);
    return null;
  }
}

interface Fitted {
  readonly names: readonly string[];
  readonly params: Record<string, unknown>;
  readonly state: State;
  transform(frame: Frame): Frame;
}

const fitOn = (
  converter: ColumnConverter,
  train: Frame,
  names: readonly string[],
  params: Record<string, unknown>,
): Fitted => {
  const target = converter.needsTarget ? column(train, 'count') : null;
  const state = converter.fit(select(train, names), target, params, { seed: 3 });
  return {
    names,
    params,
    state,
    transform: (frame) => converter.transform(state, select(frame, names), params),
  };
};

function everyFit(converter: ColumnConverter, train: Frame, look: (fitted: Fitted) => void, least = 1): void {
  let fits = 0;
  for (const names of scopes(converter))
    for (const params of variants(converter)) {
      const fitted = attempt(() => fitOn(converter, train, names, params));
      if (!fitted) continue;
      look(fitted);
      fits++;
    }
  expect(fits, 'every fit was refused').toBeGreaterThanOrEqual(least);
}

const shapeOf = (frame: Frame): unknown => frame.columns.map(({ name, kind, type }) => [name, kind, type.type]);

/** No cell without a value in rows that had every one. */
function filled(result: Frame, given: Frame): void {
  for (let row = 0; row < given.rows; row++) {
    if (!given.columns.every((one) => hasValue(one, row))) continue;
    const empty = result.columns.find((one) => !hasValue(one, row));
    expect(empty?.name, `the column that has no value in row ${row}, where all it is made of had theirs`).toBe(
      undefined,
    );
  }
}

/** A column per name, all as long as the frame, and what they say of themselves is so. */
function sound(result: Frame): void {
  expect(new Set(result.columns.map(({ name }) => name)).size).toBe(result.columns.length);
  for (const produced of result.columns) {
    const { name } = produced;
    expect(lengthOf(produced), name).toBe(result.rows);
    if (produced.type.type === 'Integer' && produced.kind === 'numeric')
      expect(
        produced.values.find((value) => !Number.isNaN(value) && !Number.isInteger(value)),
        `value of ${name}, which says that it is Integer`,
      ).toBeUndefined();
    if (produced.kind === 'categorical') expect(produced.type.categories, name).toEqual(produced.dictionary);
  }
}

export const converterChecks: readonly Check<ColumnConverter>[] = [
  {
    name: 'defaults work on the first columns that fit',
    run: (converter) => {
      const names = scopes(converter)[0]!;
      sound(fitOn(converter, toy, names, parametersFor(converter, {})).transform(toy));
    },
  },
  {
    name: 'rows are kept',
    run: (converter) =>
      everyFit(converter, split.train, (fitted) => {
        const result = attempt(() => fitted.transform(split.train));
        if (!result) return;
        expect(result.rows).toBe(split.train.rows);
        sound(result);
      }),
  },
  {
    name: 'a cell that had every value it needs gets one',
    run: (converter) =>
      [split.train, firstRows(toy, 1)].forEach((frame) =>
        everyFit(
          converter,
          frame,
          (fitted) => {
            const result = attempt(() => fitted.transform(frame));
            if (result?.rows === frame.rows) filled(result, select(frame, fitted.names));
          },
          frame === split.train ? 1 : 0,
        ),
      ),
  },
  {
    name: 'a test row is transformed alike alone and with others',
    run: (converter) =>
      everyFit(converter, split.train, (fitted) => {
        const all = attempt(() => fitted.transform(split.test));
        if (!all) return;
        for (const row of [0, 13, 29])
          expect(cellsOf(fitted.transform(takeRows(split.test, [row])))).toMatchObject(
            (cellsOf(takeRows(all, [row])) as { name: string; values: unknown }[]).map(({ name, values }) => ({
              name,
              values,
            })),
          );
      }),
  },
  {
    name: 'the columns are the same for training and test rows, and for none',
    run: (converter) =>
      everyFit(converter, split.train, (fitted) => {
        const trained = fitted.transform(split.train);
        const tested = attempt(() => fitted.transform(split.test));
        if (tested) expect(shapeOf(tested)).toEqual(shapeOf(trained));
        const none = fitted.transform(firstRows(toy, 0));
        expect([shapeOf(none), none.rows]).toEqual([shapeOf(trained), 0]);
      }),
  },
  {
    name: 'a second transform gives the same and leaves its input alone',
    run: (converter) => {
      const before = cellsOf(toy);
      everyFit(converter, toy, (fitted) =>
        expect(cellsOf(fitted.transform(toy))).toEqual(cellsOf(fitted.transform(toy))),
      );
      expect(cellsOf(toy)).toEqual(before);
    },
  },
  {
    name: 'the state survives a file, and equal fits give equal states',
    run: (converter) =>
      everyFit(converter, split.train, (fitted) => {
        const bytes = encodeState(fitted.state);
        expect(encodeState(fitOn(converter, split.train, fitted.names, fitted.params).state)).toEqual(bytes);
        const restored = converter.transform(
          decodeState(bytes) as State,
          select(split.train, fitted.names),
          fitted.params,
        );
        expect(cellsOf(restored)).toEqual(cellsOf(fitted.transform(split.train)));
      }),
  },
  {
    name: 'one row and columns without a value give a result or a typed error',
    run: (converter) => {
      for (const frame of [firstRows(toy, 1), emptied(toy)])
        everyFit(
          converter,
          frame,
          (fitted) => {
            const result = attempt(() => fitted.transform(frame));
            if (result) sound(result);
          },
          0,
        );
    },
  },
];
