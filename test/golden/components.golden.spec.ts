import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { parametersFor, registry } from '#components';
import { accuracy, r2 } from '#learn';
import { fromRows, type Matrix } from '#linalg';

interface Table {
  readonly x: number[][];
  readonly y: number[];
  readonly train: number;
}
interface Case {
  readonly component: string;
  /** Those that are not the defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly data: string;
  /** Null where random draws differ: then only the score is compared. */
  readonly tolerance: number | null;
  readonly answers: number[] | null;
  readonly score: number;
}

const golden = JSON.parse(readFileSync(new URL('components.json', import.meta.url), 'utf8')) as {
  data: Record<string, Table>;
  cases: Case[];
};

/** Answers on the rows after the training rows, probabilities class by class, and the score there. */
function answersOf(
  { component, params: given }: Case,
  { x, y, train }: Table,
): { answers: Float64Array; score: number } {
  const model = registry.find(component, 'classifier', 'regressor');
  const params = parametersFor(model, given);
  const [learnt, asked]: [Matrix, Matrix] = [fromRows(x.slice(0, train)), fromRows(x.slice(train))];
  const context = { seed: 42 };
  if (model.kind === 'classifier') {
    const state = model.fit(learnt, Int32Array.from(y.slice(0, train)), 3, params, context);
    const probabilities = model.predict(state, asked, context);
    return { answers: probabilities.data, score: accuracy(Int32Array.from(y.slice(train)), probabilities) };
  }
  const state = model.fit(learnt, Float64Array.from(y.slice(0, train)), params, context);
  const answers = model.predict(state, asked, context);
  return { answers, score: r2(Float64Array.from(y.slice(train)), answers) };
}

it.each(golden.cases.map((example) => [example.component, JSON.stringify(example.params), example] as const))(
  '%s %s answers as scikit-learn does with the same parameters',
  (_, __, example) => {
    const { data, tolerance, answers, score } = example;
    const ours = answersOf(example, golden.data[data]!);
    expect(Math.abs(ours.score - score)).toBeLessThanOrEqual(tolerance === null ? 0.05 : 1e-6);
    expect(ours.answers.length).toBe(answers?.length ?? ours.answers.length);
    answers?.forEach((value, i) => {
      expect(Math.abs(ours.answers[i]! - value)).toBeLessThanOrEqual(tolerance! * Math.max(1, Math.abs(value)));
    });
  },
);
