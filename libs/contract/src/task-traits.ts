import type { TaskInput, TaskName } from './tasks.js';

/** What those who hand a task to a child have to know of it. */
interface TaskTraits<N extends TaskName> {
  /** Parts of the input that are keys the task may write under. */
  readonly writes: readonly (keyof TaskInput<N> & string)[];
  /** Parts, however deep, that are a person's data or outcomes: no text in them is the name of a component. */
  readonly data: readonly string[];
  /** Whose code does the work: ours alone, that of the components the input names, or a plugin's that is only looked at. */
  readonly code: 'ours' | 'named' | 'looked-at';
}

/** Of each task, by its name. */
export const taskTraits: { readonly [N in TaskName]: TaskTraits<N> } = {
  'inspect-plugin': { writes: [], data: [], code: 'looked-at' },
  'describe-components': { writes: [], data: [], code: 'named' },
  'ingest-dataset': { writes: ['targetKey'], data: [], code: 'named' },
  'preview-file': { writes: [], data: ['rows'], code: 'named' },
  'read-swanlog': { writes: ['targetKey'], data: [], code: 'ours' },
  'train-run': { writes: ['stateKey', 'splitsKey'], data: ['known'], code: 'named' },
  'run-trial': { writes: [], data: ['ended'], code: 'named' },
  'predict-rows': { writes: ['targetKey'], data: ['records', 'rowIndexes'], code: 'named' },
  'check-rows': { writes: [], data: ['records', 'rowIndexes'], code: 'named' },
  'explore-table': { writes: [], data: [], code: 'named' },
  'convert-table': { writes: ['targetKey'], data: ['rows'], code: 'named' },
  // Language models run in our own engine, which needs what children with plugins must not have.
  'generate-text': { writes: [], data: ['history', 'prompt'], code: 'ours' },
  'explain-run': { writes: [], data: [], code: 'named' },
  'report-run': { writes: [], data: ['history'], code: 'named' },
  'test-runs': { writes: [], data: ['scores'], code: 'named' },
  'explain-rows': { writes: ['targetKey'], data: ['records', 'rowIndexes'], code: 'named' },
};
