import { describe, expect, it } from 'vitest';

import { LOCALES } from '#contract';
import { manifestOf, registry, type ComponentKind } from '#components';

const manifest = (name: string, ...kinds: ComponentKind[]) => manifestOf(registry.find(name, ...kinds));
const property = (name: string, parameter: string): unknown => {
  const { schema } = manifest(name, 'classifier', 'regressor', 'splitter');
  return (schema as { properties: Record<string, unknown> }).properties[parameter];
};
const texts = (en: string) => expect.objectContaining({ en, zh: expect.any(String) as string }) as unknown;

describe('manifests', () => {
  it('name base classes nearest first, colour and icon', () => {
    expect(manifest('RandomForestClassifier', 'classifier')).toMatchObject({
      type: 'Model',
      ancestors: ['TabularClassificationModel', 'BaseModel'],
      displayName: { en: 'Random Forest', es: 'Bosque Aleatorio' },
      color: '#FF8A65',
      metadata: { icon: 'Forest' },
      compatible: ['TabularClassificationTask'],
    });
    expect(manifest('LinearRegression', 'regressor').ancestors).toEqual(['RegressionModel', 'BaseModel']);
  });

  it('carry what sessions ask of each kind', () => {
    expect(manifest('RegressionTask', 'task')).toMatchObject({
      type: 'Task',
      schema: null,
      metadata: {
        inputs_types: ['Float', 'Integer', 'Categorical'],
        outputs_types: ['Float', 'Integer'],
        inputs_cardinality: 'n',
        outputs_cardinality: 1,
      },
    });
    expect(manifest('LogLoss', 'classification-metric')).toMatchObject({
      type: 'Metric',
      schema: null,
      metadata: { maximize: false },
    });
    expect(manifest('HoldoutSplitter', 'splitter').metadata).toEqual({
      partitioning: 'holdout',
      geometry: 'partitions',
    });
    expect(manifest('HoldoutEvaluationStrategy', 'strategy').metadata).toMatchObject({
      kind: 'holdout',
      scored_splits: ['train', 'validation', 'test'],
    });
    expect(manifest('CSVDataLoader', 'loader').metadata).toMatchObject({
      supported_extensions: ['.csv', '.tsv', '.txt', '.zip'],
      supports_native_types: false,
    });
  });

  it('write form fields as the wire has them', () => {
    expect(property('RandomForestClassifier', 'n_estimators')).toEqual({
      type: 'integer',
      minimum: 1,
      'x-dashai-search-dtype': 'integer',
      placeholder: { optimize: false, fixed_value: 100, lower_bound: 50, upper_bound: 200 },
      title: texts('Trees'),
      description: texts('Number of trees; more are steadier and slower.'),
    });
    expect(property('DecisionTreeClassifier', 'max_features')).toMatchObject({
      anyOf: [
        { type: 'string', enum: ['sqrt', 'log2'] },
        { type: 'number', exclusiveMinimum: 0, maximum: 1 },
        { type: 'null' },
      ],
      'x-dashai-search-dtype': 'categorical',
      placeholder: { optimize: false, fixed_value: null, choices: [null, 'sqrt', 'log2'] },
    });
    expect(property('HoldoutSplitter', 'random_state')).toMatchObject({ type: 'integer', minimum: 0, placeholder: 42 });
  });

  it('send the rules of a form along', () => {
    const { schema } = manifest('HoldoutSplitter', 'splitter');
    expect((schema as Record<string, unknown>)['x-dashai-rules']).toHaveLength(3);
  });

  it('say how many columns a converter or explorer takes', () => {
    expect(manifest('CorrelationMatrixExplorer', 'explorer').metadata).toMatchObject({ input_cardinality: { min: 2 } });
    expect(manifest('HistogramPlotExplorer', 'explorer').metadata).toMatchObject({ input_cardinality: { exact: 1 } });
    expect(manifest('StandardScaler', 'converter').metadata).toMatchObject({
      category: { en: 'Scaling and normalization', zh: '缩放与归一化' },
      allowed_types: ['Float', 'Integer'],
      allowed_dtypes: [],
      non_allowed_dtypes: [],
      icon: 'Extension',
      supervised: false,
      changes_row_count: false,
    });
  });

  it('name categories in every language', () => {
    const sorted = registry.all.filter(({ kind }) => kind === 'converter' || kind === 'explorer').map(manifestOf);
    expect(sorted.length).toBeGreaterThan(10);
    for (const { name, metadata } of sorted)
      expect(Object.keys(metadata['category'] as object), name).toEqual([...LOCALES]);
  });
});
