import { describe, expect, it } from 'vitest';

import { manifestOf, parametersFor, registry } from '#components';
import { categoricalColumn, createFrame, numericColumn, typeEntry, type Column, type Frame } from '#frame';

import { readList } from './literal-list.js';

const integer = typeEntry('Integer');

function convert(name: string, columns: readonly Column[], given: Record<string, unknown> = {}, rows = columns): Frame {
  const converter = registry.find(name, 'converter');
  const params = parametersFor(converter, given);
  if (converter.changesRows) throw new RangeError(name);
  const state = converter.fit(createFrame(columns), null, params, { seed: 1 });
  return converter.transform(state, createFrame(rows), params);
}
const shown = (frame: Frame) =>
  Object.fromEntries(
    frame.columns.map((one) => [
      one.name,
      one.kind === 'categorical' ? Array.from(one.codes, (code) => one.dictionary[code] ?? null) : [...one.values],
    ]),
  );

describe('ColumnArithmetic', () => {
  const a = numericColumn('a', [6, 7, 0], integer);
  const b = numericColumn('b', [2, 0, 5], integer);
  const added = (columns: readonly Column[], given: Record<string, unknown>) => {
    const last = convert('ColumnArithmetic', columns, given).columns.at(-1)!;
    return [last.name, last.type.type, last.kind === 'numeric' ? [...last.values] : null];
  };

  it('adds a column, Integer only where whole numbers stay whole', () => {
    expect(added([a, b], {})).toEqual(['a_add_b', 'Integer', [8, 7, 5]]);
    expect(added([a, b], { operation: 'divide' })).toEqual(['a_divide_b', 'Float', [3, NaN, 0]]);
    expect(added([a], { operation: 'multiply', constant: 2 })).toEqual(['a_multiply_2', 'Integer', [12, 14, 0]]);
    expect(added([a], { constant: 0.5 })).toEqual(['a_add_0.5', 'Float', [6.5, 7.5, 0.5]]);
    expect(added([numericColumn('h', [1, NaN, 3], integer), b], {})[1]).toBe('Float');
  });

  it('takes the second column first when asked, and a free name', () => {
    expect(added([a, b], { operation: 'subtract', swap_operands: true })).toEqual([
      'b_subtract_a',
      'Integer',
      [-4, -7, 5],
    ]);
    expect(added([a, b], { output_column_name: 'a' })[0]).toBe('a_1');
    expect(convert('ColumnArithmetic', [a, b]).columns.map(({ name }) => name)).toEqual(['a', 'b', 'a_add_b']);
  });

  it('needs a number beside one column', () =>
    expect(() => added([a], {})).toThrow(expect.objectContaining({ code: 'parameters-invalid' })));
});

describe('SimpleImputer', () => {
  const holes = numericColumn('n', [1, NaN, 2, 4, 4], integer);
  const impute = (columns: readonly Column[], given: Record<string, unknown>) =>
    convert('SimpleImputer', columns, given);

  it('keeps an Integer column only while what fills it is whole', () => {
    expect(impute([holes], { strategy: 'median' }).columns[0]!.type.type).toBe('Integer');
    expect(impute([numericColumn('n', [1, 2, NaN], integer)], {}).columns[0]!.type.type).toBe('Float');
    expect(impute([numericColumn('n', [1, 3, NaN], integer)], {}).columns[0]!.type.type).toBe('Integer');
    expect(impute([holes], { strategy: 'constant', fill_value: 0.5 }).columns[0]!.type.type).toBe('Float');
  });

  it('reads a constant as number or word, as the column needs', () => {
    const words = categoricalColumn('c', ['a', null, 'a', 'a', 'a']);
    const filled = impute([holes, words], { strategy: 'constant', fill_value: '7' });
    expect(shown(filled)).toEqual({ n: [1, 7, 2, 4, 4], c: ['a', '7', 'a', 'a', 'a'] });
    expect(filled.columns[1]!.type.categories).toEqual(['a', '7']);
    const refused = (value: unknown) => () => impute([holes], { strategy: 'constant', fill_value: value });
    expect(refused('much')).toThrow(expect.objectContaining({ code: 'parameters-invalid' }));
    expect(() => impute([words], { strategy: 'constant', fill_value: '' })).toThrow('empty text');
  });

  it('needs a constant with the strategy constant, and says so in the form', () => {
    expect(() => impute([holes], { strategy: 'constant' })).toThrow('needs a fill value');
    const schema = manifestOf(registry.find('SimpleImputer', 'converter')).schema as Record<string, unknown[]>;
    expect(schema['x-dashai-rules']).toHaveLength(2);
  });

  it('refuses a mean of words', () =>
    expect(() => impute([categoricalColumn('c', ['a', null])], {})).toThrow(
      expect.objectContaining({ code: 'converter-columns-invalid' }),
    ));

  it('flags holes, under a name that is free', () => {
    const taken = numericColumn('missingindicator_n', [0, 0, 0, 0, 0]);
    const filled = impute([holes, taken], { add_indicator: true });
    expect(shown(filled)['missingindicator_n_1']).toEqual([0, 1, 0, 0, 0]);
  });
});

describe('OneHotEncoder', () => {
  const colors = categoricalColumn('c', ['red', 'blue', null, 'red']);
  const encode = (given: Record<string, unknown>, rows: readonly Column[] = [colors]) =>
    convert('OneHotEncoder', [colors], given, rows);

  it('writes whole numbers of the chosen storage type, a column per category', () => {
    const encoded = encode({ dtype: 'int32' });
    expect(shown(encoded)).toEqual({ c_blue: [0, 1, 0, 0], c_red: [1, 0, 0, 1], c_nan: [0, 0, 1, 0] });
    expect(encoded.columns[0]!.type).toEqual({ type: 'Integer', dtype: 'int32' });
  });

  it('refuses, ignores or gathers what it has not learnt', () => {
    const strange = [categoricalColumn('c', ['green'])];
    expect(() => encode({}, strange)).toThrow(
      expect.objectContaining({ code: 'category-unseen', values: { column: 'c', value: 'green' } }),
    );
    expect(shown(encode({ handle_unknown: 'ignore' }, strange))).toEqual({ c_blue: [0], c_red: [0], c_nan: [0] });
    expect(shown(encode({ handle_unknown: 'infrequent_if_exist', min_frequency: 2 }, strange))).toEqual({
      c_red: [0],
      c_infrequent_sklearn: [1],
    });
  });

  it('refuses lists that do not fit', () => {
    for (const given of [
      { categories: 'red' },
      { categories: "['red', ['blue']]" },
      { drop: "['green']" },
      { drop: 'second' },
    ])
      expect(() => encode({ ...given, handle_unknown: 'ignore' })).toThrow(
        expect.objectContaining({ code: 'parameters-invalid' }),
      );
    expect(() => encode({ categories: "['red']" })).toThrow(expect.objectContaining({ code: 'category-unseen' }));
  });

  it('gives names that clash a number', () => {
    const columns = [categoricalColumn('a', ['b_c']), categoricalColumn('a_b', ['c'])];
    expect(Object.keys(shown(convert('OneHotEncoder', columns)))).toEqual(['a_b_c', 'a_b_c_1']);
  });

  it('refuses to make thousands of columns', () => {
    const ids = categoricalColumn(
      'id',
      Array.from({ length: 2001 }, (_, row) => `id${row}`),
    );
    expect(() => convert('OneHotEncoder', [ids])).toThrow(expect.objectContaining({ code: 'too-many-columns' }));
    expect(convert('OneHotEncoder', [ids], { max_categories: 5 }).columns).toHaveLength(5);
  });
});

describe('StandardScaler', () => {
  it('leaves missing values out and missing, and constants undivided', () => {
    const scaled = convert('StandardScaler', [
      numericColumn('a', [1, NaN, 3], integer),
      numericColumn('b', [0.1, 0.1, 0.1]),
    ]);
    expect(shown(scaled)).toEqual({ a: [-1, NaN, 1], b: [0, 0, 0] });
    expect(scaled.columns[0]!.type.type).toBe('Float');
  });
});

describe('converters that add beside what there is', () => {
  const numbers = numericColumn('a', [4, -1, NaN], integer);
  const letters = categoricalColumn('c', ['y', null, 'x']);

  it('LabelEncoder numbers the categories and refuses ones it has not learnt', () => {
    const encoded = convert('LabelEncoder', [letters]);
    expect(shown(encoded)).toEqual({ c: ['y', null, 'x'], encoded_c: [1, NaN, 0] });
    expect(encoded.columns[1]!.type.type).toBe('Integer');
    expect(() => convert('LabelEncoder', [letters], {}, [categoricalColumn('c', ['z'])])).toThrow('category-unseen');
  });

  it('MissingIndicator flags gaps and empty words, also where there are none', () => {
    const flagged = convert('MissingIndicator', [numbers, categoricalColumn('c', ['', 'x', null])]);
    expect(shown(flagged)).toMatchObject({ missingindicator_a: [0, 0, 1], missingindicator_c: [1, 0, 1] });
  });

  it('NumericExpansion leaves cells outside its domain empty and squares whole numbers to whole ones', () => {
    expect(shown(convert('NumericExpansion', [numbers], { operation: 'sqrt' }))['sqrt_a']).toEqual([2, NaN, NaN]);
    expect(shown(convert('NumericExpansion', [numbers]))['log1p_a']).toEqual([Math.log1p(4), NaN, NaN]);
    const types = [numbers, numericColumn('a', [4, -1], integer)].map(
      (one) => convert('NumericExpansion', [one], { operation: 'square' }).columns[1]!.type.type,
    );
    expect(types).toEqual(['Float', 'Integer']);
  });
});

describe('converters of rows', () => {
  const resample = (
    name: string,
    columns: readonly Column[],
    target: Column | null,
    given: Record<string, unknown> = {},
  ) => {
    const converter = registry.find(name, 'converter');
    if (!converter.changesRows) throw new RangeError(name);
    const params = parametersFor(converter, given);
    return converter.resample(createFrame(columns), target, params, { seed: 1 });
  };
  const values = numericColumn('v', [1, 2, 3, 4, 5, 6]);
  const classes = (...labels: string[]) => categoricalColumn('y', labels);

  it('NanRemover knows how people write that there is no value', () => {
    const words = categoricalColumn('w', ['x', ' N/A ', null, 'none', '', 'nope']);
    expect([...resample('NanRemover', [words], null).kept]).toEqual([0, 5]);
  });

  it('RandomUnderSampler keeps as many rows of each class, or as many as the ratio says', () => {
    const target = classes('a', 'b', 'b', 'b', 'b', 'a');
    const labels = (given: Record<string, unknown>) =>
      [...resample('RandomUnderSamplerConverter', [values], target, given).kept].map((row) => 'abbbba'[row]).sort();
    expect(labels({})).toEqual(['a', 'a', 'b', 'b']);
    expect(labels({ sampling_strategy: 0.7 })).toEqual(['a', 'a', 'b', 'b']);
    expect(labels({ sampling_strategy: 0.5 })).toEqual(['a', 'a', 'b', 'b', 'b', 'b']);
    const kept = new Set(
      Array.from({ length: 30 }, (_, seed) =>
        resample('RandomUnderSamplerConverter', [values], target, { random_state: seed }).kept.join(),
      ),
    );
    expect(kept.size).toBe(6);
  });

  it.each([
    ['one class', classes('a', 'a', 'a', 'a', 'a', 'a'), {}, 'one-class'],
    ['a ratio of three', classes('a', 'b', 'c', 'a', 'b', 'c'), { sampling_strategy: 0.5 }, 'parameters-invalid'],
    ['a ratio passed already', classes('a', 'a', 'b', 'b', 'b', 'b'), { sampling_strategy: 0.4 }, 'parameters-invalid'],
    ['fractions', numericColumn('y', [0.5, 1, 2, 3, 4, 5]), {}, 'converter-columns-invalid'],
    ['rows without a class', numericColumn('y', [1, 1, 2, 2, NaN, 2]), {}, 'missing-values'],
    ['no target', null, {}, 'converter-target-missing'],
  ])('SMOTE refuses %s', (_, target, given, code) =>
    expect(() => resample('SMOTEConverter', [values], target, { k_neighbors: 1, ...given })).toThrow(
      expect.objectContaining({ code }),
    ),
  );
});

describe('a list written as text', () => {
  it.each([
    ['[\'a\', "b", 3, None]', ['a', 'b', '3', null]],
    ['[["a"], [nan, true]]', [['a'], [null, 'true']]],
    ['("a",)', ['a']],
    [String.raw`['it\'s', "a, [b]"]`, ["it's", 'a, [b]']],
    ['[two words]', ['two words']],
    [' [ ] ', []],
  ])('%s', (text, expected) => expect(readList(text)).toEqual(expected));

  it.each(['', 'a', '[', "['a'", "['a]", '[a,,b]', '[a]]', '[,a]', '["a" "b"]', '(a]', '[[[[[[a]]]]]]'])(
    'not %s',
    (text) => expect(readList(text)).toBeUndefined(),
  );
});
