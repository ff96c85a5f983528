import type { Clause, Expression, Node, Target } from './ast.js';
import type { Budget } from './budget.js';
import { isTruthy } from './compare-values.js';
import { wrongValue } from './query-error.js';
import { dictOf, itemsOf, iterate, setOf } from './sequences.js';
import { IteratorValue, ListValue, TupleValue, type Value } from './values.js';

interface Scope {
  find(name: string): Value | undefined;
}
type Evaluate = (node: Expression, scope: Scope) => Value;

/** What a comprehension makes; a generator is worked out item by item, when somebody asks. */
export function comprehend(node: Node<'comprehension'>, scope: Scope, budget: Budget, evaluate: Evaluate): Value {
  // Python works the first source out where the comprehension stands, even of a generator nobody goes through.
  const [first, ...rest] = node.clauses;
  const source = iterate(evaluate(first!.source, scope), budget);
  const scopes = (): Generator<Scope> => bound(first!, source, rest, scope);
  function* bound(clause: Clause, items: Iterable<Value>, after: readonly Clause[], outer: Scope): Generator<Scope> {
    for (const item of items) {
      const inner = new Names(outer, bind(clause.target, item, budget));
      if (!clause.conditions.every((condition) => isTruthy(evaluate(condition, inner)))) continue;
      const [next, ...others] = after;
      if (next) yield* bound(next, iterate(evaluate(next.source, inner), budget), others, inner);
      else yield inner;
    }
  }
  if (node.makes === 'dict') return dictOf(entries(scopes(), node.item, node.value!, evaluate, budget));
  const items = values(scopes(), node.item, evaluate);
  if (node.makes === 'generator') return new IteratorValue(items);
  const all = itemsOf(new IteratorValue(items), budget);
  return node.makes === 'list' ? new ListValue(all) : setOf(all);
}

function* values(scopes: Iterable<Scope>, item: Expression, evaluate: Evaluate): Generator<Value> {
  for (const scope of scopes) yield evaluate(item, scope);
}
function* entries(
  scopes: Iterable<Scope>,
  key: Expression,
  value: Expression,
  evaluate: Evaluate,
  budget: Budget,
): Generator<[Value, Value]> {
  let count = 0;
  for (const scope of scopes) {
    if (++count % 1024 === 0) budget.items(count);
    yield [evaluate(key, scope), evaluate(value, scope)];
  }
}

class Names implements Scope {
  constructor(
    private readonly outer: Scope,
    private readonly own: ReadonlyMap<string, Value>,
  ) {}
  find(name: string): Value | undefined {
    return this.own.has(name) ? this.own.get(name) : this.outer.find(name);
  }
}

function bind(target: Target, value: Value, budget: Budget): ReadonlyMap<string, Value> {
  if (typeof target === 'string') return new Map([[target, value]]);
  const items = value instanceof TupleValue ? value.items : itemsOf(value, budget);
  if (items.length !== target.length) return wrongValue(`${target.length} values are due, there are ${items.length}`);
  return new Map(target.flatMap((part, index) => [...bind(part, items[index]!, budget)]));
}
