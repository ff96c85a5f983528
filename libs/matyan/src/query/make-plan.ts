import type { CompareSign, Expression } from './ast.js';
import { isTruthy, secondsOf } from './compare-values.js';
import { ALL, both, either, NONE, type Plan, PLAN_FIELDS, type PlanSign } from './plan.js';
import { pathOf, type PlanPath } from './plan-path.js';
import { DateTimeValue, isNumber, ListValue, SetValue, TupleValue, type Value } from './values.js';

/** What a plan is made with. */
export interface PlanMaker {
  /** The name the search gives its series. */
  readonly sequence: string | undefined;
  /** The value of an expression that is the same for every candidate; undefined for others. */
  readonly constantOf: (node: Expression) => Value | undefined;
}

/** The indexable part of a query: what holds for every run for which the query is true. */
export function makePlan(node: Expression, maker: PlanMaker): Plan {
  switch (node.kind) {
    case 'and':
      return both(node.parts.map((part) => makePlan(part, maker)));
    case 'or':
      return either(node.parts.map((part) => makePlan(part, maker)));
    case 'compare': {
      const constant = maker.constantOf(node);
      if (constant !== undefined) return isTruthy(constant) ? ALL : NONE;
      const values = [node.first, ...node.rest.map(({ to }) => to)];
      return both(node.rest.map(({ sign, to }, index) => pairPlan(values[index]!, sign, to, maker)));
    }
    case 'unary':
      return node.sign === 'not' ? flagPlan(node.of, false, maker) : ALL;
    case 'call':
      return containsPlan(node, maker);
    default: {
      const constant = maker.constantOf(node);
      if (constant !== undefined) return isTruthy(constant) ? ALL : NONE;
      return flagPlan(node, true, maker);
    }
  }
}

const FLAGS: ReadonlyMap<string, 'active' | 'archived'> = new Map([
  ['active', 'active'],
  ['archived', 'archived'],
  ['is_archived', 'archived'],
]);

/** `run.active` alone, or after `not`. */
function flagPlan(node: Expression, value: boolean, { sequence }: PlanMaker): Plan {
  const path = pathOf(node, sequence);
  const field = path?.of === 'field' ? FLAGS.get(path.name) : undefined;
  return field ? { kind: 'flag', field, value } : ALL;
}

/** `run.tags.contains("x")`, as upstream writes `"x" in run.tags`. */
function containsPlan(node: Expression & { kind: 'call' }, maker: PlanMaker): Plan {
  const { of, args } = node;
  if (of.kind !== 'attribute' || of.name !== 'contains' || args.length !== 1) return ALL;
  return pairPlan(args[0]!, 'in', of.of, maker);
}

const FLIPPED: ReadonlyMap<CompareSign, CompareSign> = new Map([
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
  ['==', '=='],
  ['!=', '!='],
  ['is', 'is'],
]);

function pairPlan(left: Expression, sign: CompareSign, right: Expression, maker: PlanMaker): Plan {
  const constant = maker.constantOf(right);
  const path = pathOf(left, maker.sequence);
  if (path && constant !== undefined) return comparePlan(path, sign, constant);
  const first = maker.constantOf(left);
  const other = pathOf(right, maker.sequence);
  if (first === undefined || !other) return ALL;
  if (sign === 'in') return tagPlan(first, other);
  const flipped = FLIPPED.get(sign);
  return flipped ? comparePlan(other, flipped, first) : ALL;
}

function tagPlan(wanted: Value, path: PlanPath): Plan {
  return path.of === 'field' && path.name === 'tags' && typeof wanted === 'string' && isStorable(wanted)
    ? { kind: 'tag', name: wanted }
    : ALL;
}

function comparePlan(path: PlanPath, sign: CompareSign, value: Value): Plan {
  if (sign === 'in') {
    const items =
      value instanceof ListValue || value instanceof TupleValue
        ? value.items
        : value instanceof SetValue
          ? [...value.members.values()]
          : undefined;
    return items ? either(items.map((item) => comparePlan(path, '==', item))) : ALL;
  }
  const flag = path.of === 'field' ? FLAGS.get(path.name) : undefined;
  if (flag) return flagComparison(flag, sign, value);
  if (sign === '!=' || sign === 'not in' || sign === 'is' || sign === 'is not') return ALL;
  return orderPlan(path, sign, value);
}

function flagComparison(field: 'active' | 'archived', sign: CompareSign, value: Value): Plan {
  if (!isNumber(value) || (Number(value) !== 0 && Number(value) !== 1))
    return sign === '==' && (typeof value === 'string' || isNumber(value)) ? NONE : ALL;
  if (sign === '==' || (sign === 'is' && typeof value === 'boolean'))
    return { kind: 'flag', field, value: Number(value) === 1 };
  return sign === '!=' ? { kind: 'flag', field, value: Number(value) === 0 } : ALL;
}

function orderPlan(path: PlanPath, sign: PlanSign, value: Value): Plan {
  const bound = boundOf(sign, value);
  if (path.of === 'field') return fieldPlan(path.name, sign, value, bound);
  if (path.of === 'param') {
    // What a client says of the machine may be kept beside the parameters.
    if (path.key.startsWith('__')) return ALL;
    if (typeof value === 'string') return isStorable(value) ? { kind: 'param', key: path.key, sign, value } : ALL;
    return bound && isStorable(path.key) ? { kind: 'param', key: path.key, ...bound } : ALL;
  }
  if (path.of === 'series') return seriesPlan(path.path, sign, value, bound);
  const field = PLAN_FIELDS.find((one) => one === path.field);
  return field && bound && isStorable(path.name) ? { kind: 'metric', name: path.name, field, ...bound } : ALL;
}

interface Bound {
  readonly sign: PlanSign;
  readonly value: number;
}

/** A number as the store can compare it; an order with one no double is exactly is loosened. */
function boundOf(sign: PlanSign, value: Value): Bound | undefined {
  if (value instanceof DateTimeValue) return boundOf(sign, secondsOf(value));
  if (!isNumber(value) || Number.isNaN(value)) return undefined;
  const number = Number(value);
  if (typeof value === 'number' || Number.isSafeInteger(number)) return { sign, value: number };
  if (!Number.isFinite(number)) return undefined;
  return { sign: sign === '<' ? '<=' : sign === '>' ? '>=' : sign, value: number };
}

function fieldPlan(name: string, sign: PlanSign, value: Value, bound: Bound | undefined): Plan {
  if (name === 'hash' || name === 'name' || name === 'experiment') {
    if (sign !== '==' || typeof value !== 'string' || !isStorable(value)) return ALL;
    return { kind: 'text', field: name, value };
  }
  if ((name === 'created_at' || name === 'creation_time') && bound && bound.sign !== '==') {
    // Beyond what a timestamp can be; the interpreter knows better.
    if (Math.abs(bound.value) > 8e12) return ALL;
    return { kind: 'created', sign: bound.sign, seconds: bound.value };
  }
  return ALL;
}

function seriesPlan([name, ...path]: readonly string[], sign: PlanSign, value: Value, bound: Bound | undefined): Plan {
  if (name === 'name' && path.length === 0) {
    return sign === '==' && typeof value === 'string' && isStorable(value) ? { kind: 'series-name', name: value } : ALL;
  }
  if (name === 'context' && path.length > 0 && sign === '==' && typeof value === 'string') {
    return [value, ...path].every(isStorable) ? { kind: 'series-context', path, value } : ALL;
  }
  const field = PLAN_FIELDS.find((one) => one === name);
  return field && path.length === 0 && bound ? { kind: 'series-number', field, ...bound } : ALL;
}

/** A zero byte or half of a pair cannot be sent to the store. */
const isStorable = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text);
