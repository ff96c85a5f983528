import { AppError, choice, float, int, orNull, string, union, type ColumnType } from '#contract';
import { asCategorical, column, createFrame, numericColumn, sharedFloats, typeEntry, type Column } from '#frame';

import { freeName } from '../kit/columns.js';
import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { oneHotPlan, outputsOf, type OneHotPlan } from './one-hot-plan.js';
import { oneHotTexts } from './one-hot-texts.js';

const MOST_COLUMNS = 2000;

export const oneHotEncoder = defineConverter({
  name: 'OneHotEncoder',
  category: 'Encoding',
  columns: { types: ['Categorical'], min: 1 },
  params: {
    categories: string({ default: 'auto' }),
    drop: orNull(string({ default: '' })),
    dtype: choice({ default: 'int64', options: ['int32', 'int64'] }),
    handle_unknown: choice({ default: 'error', options: ['error', 'ignore', 'infrequent_if_exist'] }),
    min_frequency: orNull(
      union({ default: null, of: [int({ default: 0, min: 0 }), float({ default: 0, min: 0, max: 1 })] }),
    ),
    max_categories: orNull(int({ default: 1, min: 1 })),
    feature_name_combiner: choice({ default: 'concat', options: ['concat'] }),
  },
  texts: textsOf(oneHotTexts.head, oneHotTexts.params),
  notes: [
    'Categories stand in the order of the column: as numbers when all are numbers, else by code points. A missing value is a category of its own, named nan.',
    'More than 2,000 new columns are an error; `min_frequency` and `max_categories` gather rare categories.',
    '`min_frequency` 0 gathers none. A name that is taken gets a number behind it.',
  ],

  fit(frame, _, params) {
    const taken = new Set<string>();
    const plans = frame.columns.map((source, index) =>
      oneHotPlan(asCategorical(source), index, frame.columns.length, params),
    );
    const count = plans.reduce((sum, { outputs }) => sum + outputs.length, 0);
    if (count > MOST_COLUMNS) throw new AppError('too-many-columns', { count, limit: MOST_COLUMNS });
    return {
      plans: plans.map((plan) => ({ ...plan, outputs: plan.outputs.map((name) => freeName(name, taken)) })),
    };
  },

  transform({ plans }, frame, { handle_unknown, dtype }) {
    const type = { ...typeEntry('Integer'), dtype };
    const encoded = (plans as readonly OneHotPlan[]).flatMap((plan) =>
      indicators(plan, column(frame, plan.name), handle_unknown === 'error', type),
    );
    return createFrame(encoded, frame.rows);
  },
});

/** @throws AppError `category-unseen` {column, value} for an unknown value when those are refused. */
function indicators(plan: OneHotPlan, source: Column, refuse: boolean, type: ColumnType): Column[] {
  const { codes, dictionary } = asCategorical(source);
  const outputs = outputsOf(plan, dictionary);
  const targets = plan.outputs.map(() => sharedFloats(codes.length));
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const { known, slot } = code < 0 ? outputs.missing : outputs.levels[code]!;
    if (!known && refuse)
      throw new AppError('category-unseen', { column: plan.name, value: dictionary[code] ?? '(missing)' });
    if (slot >= 0) targets[slot]![row] = 1;
  }
  return plan.outputs.map((name, slot) => numericColumn(name, targets[slot]!, type));
}
