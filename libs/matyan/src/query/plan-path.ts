import type { Expression } from './ast.js';
import { isRunField } from './views.js';

/** What a chain of names and constant keys stands for. */
export type PlanPath =
  | { readonly of: 'field'; readonly name: string }
  | { readonly of: 'param'; readonly key: string }
  | { readonly of: 'metric'; readonly name: string; readonly field: string }
  | { readonly of: 'series'; readonly path: readonly string[] };

interface Step {
  readonly name: string;
  readonly dotted: boolean;
}

/** Undefined when the expression is no such chain. `sequence` is the name the search gives its series. */
export function pathOf(node: Expression, sequence: string | undefined): PlanPath | undefined {
  const steps = stepsOf(node);
  const [root, first, ...rest] = steps ?? [];
  if (!root || !first) return undefined;
  if (root.name === sequence) {
    // A series knows its run: `metric.run.hparams.lr`.
    if (first.name === 'run' && first.dotted) return ofRun(rest);
    return steps!.every(({ dotted }) => dotted) || first.name === 'context'
      ? { of: 'series', path: names(steps!.slice(1)) }
      : undefined;
  }
  return root.name === 'run' ? ofRun([first, ...rest]) : undefined;
}

function ofRun(steps: readonly Step[]): PlanPath | undefined {
  const [first, second, third] = steps;
  if (!first) return undefined;
  if (!first.dotted || !isRunField(first.name)) return { of: 'param', key: names(steps).join('.') };
  if (first.name === 'metrics') {
    return second && third && !second.dotted && third.dotted && steps.length === 3
      ? { of: 'metric', name: second.name, field: third.name }
      : undefined;
  }
  return steps.length === 1 ? { of: 'field', name: first.name } : undefined;
}

const names = (steps: readonly Step[]): string[] => steps.map(({ name }) => name);

/** Names and constant keys from the root on. */
function stepsOf(node: Expression): Step[] | undefined {
  const steps: Step[] = [];
  let at = node;
  for (;;) {
    if (at.kind === 'name') return [{ name: at.name, dotted: true }, ...steps.reverse()];
    if (at.kind === 'attribute') steps.push({ name: at.name, dotted: true });
    else if (at.kind === 'item' && at.key.kind === 'constant' && typeof at.key.value === 'string') {
      steps.push({ name: at.key.value, dotted: false });
    } else return undefined;
    at = at.of;
  }
}
