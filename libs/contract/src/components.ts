import type { LocalText } from './locales.js';
import type { Fields } from './params.js';

/** The categories of components; the wire's `type`. A category may have no members: clients ask for it all the same. */
export const COMPONENT_TYPES = [
  'Task',
  'Model',
  'Metric',
  'Report',
  'StatisticalTest',
  'DataLoader',
  'DatasetSource',
  'Credential',
  'Converter',
  'Explorer',
  'GlobalExplainer',
  'LocalExplainer',
  'Optimizer',
  'Splitter',
  'EvaluationStrategy',
  'GenerativeTask',
  'GenerativeModel',
] as const;
/** The `type` of a component on the wire. */
export type ComponentType = (typeof COMPONENT_TYPES)[number];

/**
 * A component as plain data: what the worker hands to the API, which never loads components.
 * `schema` is the wire's form schema in which every readable text is still a `LocalText`.
 */
export interface ComponentManifest {
  readonly name: string;
  readonly type: ComponentType;
  /** Base-class names, nearest first, as `component_parent` and component fields use them. */
  readonly ancestors: readonly string[];
  readonly displayName: LocalText;
  readonly description: LocalText;
  readonly color: string | null;
  /** Null when the component takes no parameters. */
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly fields: Fields;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Names of compatible components, in this component's order; relations count both ways. */
  readonly compatible: readonly string[];
}
