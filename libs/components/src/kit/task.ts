import type { SemanticType } from '#contract';

import type { ComponentBase } from './component.js';

/** Which columns a task takes on one side, and how many: exactly `cardinality`, or `n` for one or more. */
export interface TaskColumns {
  readonly types: readonly SemanticType[];
  readonly cardinality: number | 'n';
}

/** What a session may ask a task for: which columns it takes, and what its models answer. Others name the tasks they serve. */
export interface Task extends ComponentBase {
  readonly kind: 'task';
  readonly answers: 'classes' | 'numbers';
  readonly inputs: TaskColumns;
  readonly outputs: TaskColumns;
}

/** Declares a task. */
export function defineTask(definition: Omit<Task, 'kind' | 'params'>): Task {
  return { kind: 'task', params: {}, ...definition };
}
