import { columnMetadata, formSchema, type ComponentManifest, type ComponentType, type LocalText } from '#contract';

import { categoryWords } from './categories.js';
import type { Component, ComponentKind } from './registry.js';
import type { StatisticalTest } from './statistical-test.js';
import type { TaskColumns } from './task.js';
import { localTexts } from './texts.js';

const TYPES = {
  task: 'Task',
  'generative-task': 'GenerativeTask',
  'text-model': 'GenerativeModel',
  classifier: 'Model',
  regressor: 'Model',
  'classification-metric': 'Metric',
  'regression-metric': 'Metric',
  loader: 'DataLoader',
  'dataset-source': 'DatasetSource',
  credential: 'Credential',
  converter: 'Converter',
  explorer: 'Explorer',
  'global-explainer': 'GlobalExplainer',
  'local-explainer': 'LocalExplainer',
  report: 'Report',
  'statistical-test': 'StatisticalTest',
  optimizer: 'Optimizer',
  splitter: 'Splitter',
  strategy: 'EvaluationStrategy',
} as const satisfies Record<ComponentKind, ComponentType>;

/** Base-class names nearest first; clients filter by them (`component_parent`) and component fields name them. */
const ANCESTORS: Readonly<Record<ComponentKind, readonly string[]>> = {
  task: ['BaseTask'],
  'generative-task': ['BaseGenerativeTask', 'BaseTask'],
  'text-model': ['TextToTextGenerationTaskModel', 'BaseGenerativeModel'],
  classifier: ['TabularClassificationModel', 'BaseModel'],
  regressor: ['RegressionModel', 'BaseModel'],
  'classification-metric': ['ClassificationMetric', 'BaseMetric'],
  'regression-metric': ['RegressionMetric', 'BaseMetric'],
  loader: ['BaseDataLoader'],
  'dataset-source': ['BaseDatasetSource'],
  credential: ['BaseCredential'],
  converter: ['BaseConverter'],
  explorer: ['BaseExplorer'],
  'global-explainer': ['BaseGlobalExplainer'],
  'local-explainer': ['BaseLocalExplainer'],
  report: ['BaseReport'],
  'statistical-test': ['BaseStatisticalTest'],
  optimizer: ['BaseOptimizer'],
  splitter: ['BaseSplitter'],
  strategy: ['BaseEvaluationStrategy'],
};

/** Kinds that never take parameters: they have no schema at all, others may have an empty one. */
const WITHOUT_PARAMETERS: ReadonlySet<ComponentKind> = new Set([
  'task',
  'generative-task',
  'classification-metric',
  'regression-metric',
  'dataset-source',
  'credential',
  'strategy',
  'statistical-test',
]);

/** A component as plain data for those who do not load components. */
export function manifestOf(component: Component): ComponentManifest {
  const { name, kind, params } = component;
  const texts = localTexts(component.texts);
  return {
    name,
    type: TYPES[kind],
    ancestors: ANCESTORS[kind],
    displayName: texts.name,
    description: texts.summary,
    color: component.color ?? null,
    schema: WITHOUT_PARAMETERS.has(kind) ? null : formSchema(name, params, texts.fields, component.rules),
    fields: params,
    metadata: { ...(component.icon === undefined ? {} : { icon: component.icon }), ...metadataOf(component) },
    compatible: compatibleWith(component),
  };
}

/** A test is related to the test of pairs that follows it; all others to the tasks they serve. */
function compatibleWith(component: Component): readonly string[] {
  if (component.kind === 'statistical-test') return component.followedBy === undefined ? [] : [component.followedBy];
  return 'tasks' in component ? component.tasks : [];
}

function testMetadata(test: StatisticalTest): Readonly<Record<string, unknown>> {
  const { significant, notSignificant } = test.interpretation;
  return {
    is_parametric: test.parametric,
    is_posthoc: test.postHoc ?? false,
    min_runs: test.minRuns,
    max_runs: test.maxRuns,
    supports_alternative: test.takesAlternative ?? false,
    supports_correction: test.takesCorrection ?? false,
    interpretation: { significant, not_significant: notSignificant },
  };
}

/** Where the real client files every loader. */
const FILES: LocalText = { en: 'Files', es: 'Archivos', pt: 'Arquivos', de: 'Dateien', zh: '文件' };
const NO_DOWNLOAD = { requires_download: false, download_size_bytes: null };

/** What the real client draws a tool of a notebook with. */
const tool = ({ icon = 'Extension', color = '#1976D2' }: Component): Readonly<Record<string, unknown>> => ({
  icon,
  color,
  ...NO_DOWNLOAD,
});

/** The columns of one side of a task, in the groups the real client asks for. */
const groups = ({ types, cardinality }: TaskColumns): Readonly<Record<string, unknown>>[] => [
  { types, min: cardinality === 'n' ? 1 : cardinality, max: cardinality },
];

function metadataOf(component: Component): Readonly<Record<string, unknown>> {
  switch (component.kind) {
    case 'task':
      return {
        inputs_types: component.inputs.types,
        outputs_types: component.outputs.types,
        inputs_cardinality: component.inputs.cardinality,
        outputs_cardinality: component.outputs.cardinality,
        inputs: groups(component.inputs),
        outputs: groups(component.outputs),
      };
    case 'generative-task':
      return {
        inputs_types: component.inputs.types,
        outputs_types: component.outputs.types,
        inputs_cardinality: component.inputs.cardinality,
        outputs_cardinality: component.outputs.cardinality,
        use_history: component.useHistory,
      };
    case 'text-model':
      return {
        requires_download: true,
        download_size_bytes: component.weights.sizeBytes,
        repository: component.weights.repository,
        file_pattern: component.weights.file,
      };
    case 'classifier':
    case 'regressor':
      return { ...NO_DOWNLOAD, handles_missing: component.tags?.handlesMissing ?? false };
    case 'classification-metric':
    case 'regression-metric':
      return { maximize: component.maximize };
    case 'loader':
      return {
        category: FILES,
        supported_extensions: [...new Set([...component.extensions, '.zip'])],
        supports_native_types: component.nativeTypes ?? false,
      };
    case 'credential':
      return {};
    case 'dataset-source':
      return { category: component.category, optional_credentials: component.optionalCredentials ?? [] };
    case 'converter':
      return {
        category: categoryWords(component.category),
        ...columnMetadata(component.columns),
        supervised: component.needsTarget ?? false,
        changes_row_count: component.changesRows ?? false,
        ...tool(component),
      };
    case 'explorer':
      return { category: categoryWords(component.group), ...columnMetadata(component.columns), ...tool(component) };
    case 'splitter':
      return {
        partitioning: component.partitioning,
        geometry: component.partitioning === 'holdout' ? 'partitions' : 'blocked_folds',
        ...(component.inner && { compatibleInnerSplitters: component.inner }),
        ...(component.groupParam && { group_param: component.groupParam }),
        ...(component.mostRows && { most_rows: component.mostRows }),
      };
    case 'strategy':
      return {
        kind: component.partitioning === 'holdout' ? 'holdout' : 'cv',
        scored_splits: component.scoredSplits,
        levels: component.levels,
      };
    case 'report':
      return { requires_probabilities: component.probabilities ?? false };
    case 'statistical-test':
      return testMetadata(component);
    case 'global-explainer':
    case 'local-explainer':
    case 'optimizer':
      return {};
  }
}
