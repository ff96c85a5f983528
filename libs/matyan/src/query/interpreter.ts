import { asFunction } from './arguments.js';
import { calculate, negate } from './arithmetic.js';
import type { CompareSign, Expression, Node } from './ast.js';
import { attributeOf } from './attributes.js';
import type { Budget } from './budget.js';
import { areEqual, isOrdered, isTruthy } from './compare-values.js';
import { comprehend } from './comprehension.js';
import { EvaluationError } from './query-error.js';
import { contains, dictOf, setOf } from './sequences.js';
import { itemOf, sliceOf } from './slices.js';
import { ListValue, TupleValue, type Value } from './values.js';

/** Names a query can use, the innermost first. */
export interface Scope {
  find(name: string): Value | undefined;
}

/** Works an expression out as Python would. It reaches what the scope gives and the functions of this folder, nothing else. */
export class Interpreter {
  constructor(private readonly budget: Budget) {}

  evaluate(node: Expression, scope: Scope): Value {
    this.budget.spend();
    switch (node.kind) {
      case 'constant':
        return node.value;
      case 'name':
        return named(node.name, scope);
      case 'attribute':
        return attributeOf(this.evaluate(node.of, scope), node.name);
      case 'item':
        return this.item(node, scope);
      case 'slice':
        throw new EvaluationError('TypeError', 'a slice stands in brackets after a value');
      case 'call':
        return this.call(node, scope);
      case 'list':
        return new ListValue(this.all(node.items, scope));
      case 'tuple':
        return new TupleValue(this.all(node.items, scope));
      case 'set':
        return setOf(this.all(node.items, scope));
      case 'dict':
        return dictOf(node.entries.map(({ key, value }) => [this.evaluate(key, scope), this.evaluate(value, scope)]));
      case 'comprehension':
        return comprehend(node, scope, this.budget, (part, inner) => this.evaluate(part, inner));
      default:
        return this.operate(node, scope);
    }
  }

  private operate(node: Node<'unary' | 'binary' | 'compare' | 'and' | 'or' | 'choice'>, scope: Scope): Value {
    switch (node.kind) {
      case 'unary': {
        const value = this.evaluate(node.of, scope);
        return node.sign === 'not' ? !isTruthy(value) : negate(node.sign, value);
      }
      case 'binary':
        return calculate(node.sign, this.evaluate(node.left, scope), this.evaluate(node.right, scope), this.budget);
      case 'compare':
        return this.chain(node, scope);
      case 'choice':
        return this.evaluate(isTruthy(this.evaluate(node.condition, scope)) ? node.yes : node.no, scope);
      default:
        return this.parts(node, scope);
    }
  }

  /** `and` and `or` answer the part that decided. */
  private parts({ kind, parts }: Node<'and' | 'or'>, scope: Scope): Value {
    let value: Value = null;
    for (const part of parts) {
      value = this.evaluate(part, scope);
      if (isTruthy(value) === (kind === 'or')) return value;
    }
    return value;
  }

  private chain({ first, rest }: Node<'compare'>, scope: Scope): boolean {
    let left = this.evaluate(first, scope);
    for (const { sign, to } of rest) {
      const right = this.evaluate(to, scope);
      if (!this.compare(left, sign, right)) return false;
      left = right;
    }
    return true;
  }

  private compare(a: Value, sign: CompareSign, b: Value): boolean {
    switch (sign) {
      case '==':
        return areEqual(a, b, this.budget);
      case '!=':
        return !areEqual(a, b, this.budget);
      case 'in':
        return contains(b, a, this.budget);
      case 'not in':
        return !contains(b, a, this.budget);
      case 'is':
        return a === b;
      case 'is not':
        return a !== b;
      default:
        return isOrdered(a, sign, b, this.budget);
    }
  }

  private item({ of, key }: Node<'item'>, scope: Scope): Value {
    const value = this.evaluate(of, scope);
    if (key.kind !== 'slice') return itemOf(value, this.evaluate(key, scope), this.budget);
    const bounds = [key.from, key.to, key.step].map((bound) => (bound ? this.evaluate(bound, scope) : null));
    return sliceOf(value, bounds, this.budget);
  }

  private call({ of, args, named: given }: Node<'call'>, scope: Scope): Value {
    const target = asFunction(this.evaluate(of, scope));
    const positional = this.all(args, scope);
    const byName = new Map(given.map(({ name, value }) => [name, this.evaluate(value, scope)]));
    return target.call({ positional, named: byName }, this.budget);
  }

  private all(nodes: readonly Expression[], scope: Scope): Value[] {
    return nodes.map((node) => this.evaluate(node, scope));
  }
}

function named(name: string, scope: Scope): Value {
  const value = scope.find(name);
  if (value === undefined) throw new EvaluationError('NameError', `nothing has the name "${name}"`);
  return value;
}
