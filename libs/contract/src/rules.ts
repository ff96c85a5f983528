import { AppError } from './errors.js';
import { inEveryLanguage, type LocalText } from './locales.js';
import { phrase } from './words.js';

/** A value a rule can speak of. */
type Scalar = string | number | boolean | null;

/**
 * A small tree over the values of a form, as `x-dashai-rules` carries it. A field that is not filled, a context fact that is not
 * known and an operand of the wrong kind make a node pending; `and` with a false and `or` with a true operand are decided anyway.
 */
export type Expression =
  | { readonly n: 'lit'; readonly v: Scalar | readonly Scalar[] }
  | { readonly n: 'field'; readonly f: string }
  | { readonly n: 'ctx'; readonly k: string }
  | { readonly n: 'add' | 'sub' | 'mul' | 'in'; readonly a: Expression; readonly b: Expression }
  | { readonly n: 'approx'; readonly a: Expression; readonly b: Expression; readonly tol: number }
  | { readonly n: 'cmp'; readonly op: Comparison; readonly a: Expression; readonly b: Expression }
  | { readonly n: 'sum' | 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly n: 'not' | 'is_null' | 'is_true' | 'is_false' | 'len'; readonly of: Expression };
type Comparison = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte';

/** A relation between fields that must hold; `message` may quote its `bindings` as `{name}`. */
export interface CheckRule {
  readonly kind: 'check';
  readonly id: string;
  readonly expr: Expression;
  /** The fields the message is shown at. */
  readonly targets: readonly string[];
  readonly message: LocalText;
  readonly bindings?: Readonly<Record<string, Expression>>;
  readonly requires_ctx?: boolean;
}
/** A field that means nothing unless `when` holds; checks that aim at it then do not run. */
export interface RelevanceRule {
  readonly kind: 'relevance';
  readonly field: string;
  readonly when: Expression;
  readonly effect: 'disable' | 'hide' | 'omit';
  readonly reason?: LocalText;
}
/** A rule that spans several fields of a form, as plain data for server and browser alike. */
export type Rule = CheckRule | RelevanceRule;

/** What the rules of a form say of its values. */
export interface RuleReport {
  readonly violations: readonly {
    readonly id: string;
    readonly targets: readonly string[];
    readonly message: LocalText;
  }[];
  /** Checks that could not be judged yet. */
  readonly pending: readonly string[];
  /** Fields that mean nothing at present. */
  readonly irrelevant: readonly string[];
}

const PENDING = Symbol('pending');
type Verdict = unknown;
type Facts = Readonly<Record<string, unknown>>;

const lookUp = (facts: Facts | undefined, key: string): unknown =>
  facts !== undefined && Object.hasOwn(facts, key) ? (facts[key] ?? PENDING) : PENDING;

/** The verdict of every rule on these values; `context` holds facts from outside the form. */
export function evaluateRules(rules: readonly Rule[], values: Facts, context?: Facts): RuleReport {
  const evaluate = (node: Expression): Verdict => evaluateNode(node, values, context);
  const irrelevant = rules
    .filter((rule) => rule.kind === 'relevance' && evaluate(rule.when) === false)
    .map((rule) => (rule as RelevanceRule).field);
  const violations: { id: string; targets: readonly string[]; message: LocalText }[] = [];
  const pending: string[] = [];
  for (const rule of rules) {
    if (rule.kind !== 'check' || rule.targets.some((target) => irrelevant.includes(target))) continue;
    const verdict = rule.requires_ctx && !context ? PENDING : evaluate(rule.expr);
    if (verdict === false) violations.push({ id: rule.id, targets: rule.targets, message: filled(rule, evaluate) });
    else if (verdict !== true) pending.push(rule.id);
  }
  return { violations, pending, irrelevant };
}

/**
 * Refuses parameters that break a rule.
 * @throws AppError `parameters-invalid` {parameter, reason}: the first broken check's first target and message.
 */
export function assertRules(rules: readonly Rule[], values: Facts, context?: Facts): void {
  const broken = evaluateRules(rules, values, context).violations[0];
  if (!broken) return;
  // The sentence becomes part of another.
  const reason = inEveryLanguage((locale) => broken.message[locale].replace(/[.。]$/, ''));
  throw new AppError('parameters-invalid', { parameter: broken.targets[0] ?? '', reason });
}

function evaluateNode(node: Expression, values: Facts, context: Facts | undefined): Verdict {
  const evaluate = (inner: Expression): Verdict => evaluateNode(inner, values, context);
  switch (node.n) {
    case 'lit':
      return node.v;
    case 'field':
      return lookUp(values, node.f);
    case 'ctx':
      return lookUp(context, node.k);
    case 'add':
    case 'sub':
    case 'mul':
      return arithmetic(node.n, evaluate(node.a), evaluate(node.b));
    case 'sum':
      return node.of.map(evaluate).reduce((total, value) => arithmetic('add', total, value), 0);
    case 'approx': {
      const difference = arithmetic('sub', evaluate(node.a), evaluate(node.b));
      return typeof difference === 'number' ? Math.abs(difference) <= node.tol : PENDING;
    }
    case 'cmp':
      return compare(node.op, evaluate(node.a), evaluate(node.b));
    case 'in': {
      const needle = evaluate(node.a);
      const haystack = evaluate(node.b);
      return needle === PENDING || !Array.isArray(haystack) ? PENDING : haystack.includes(needle);
    }
    case 'and':
    case 'or': {
      const verdicts = node.of.map(evaluate);
      const decides = node.n === 'or';
      if (verdicts.includes(decides)) return decides;
      return verdicts.every((verdict) => verdict === !decides) ? !decides : PENDING;
    }
    default:
      return unary(node.n, evaluate(node.of));
  }
}

function arithmetic(operation: 'add' | 'sub' | 'mul', a: Verdict, b: Verdict): Verdict {
  if (typeof a !== 'number' || typeof b !== 'number') return PENDING;
  return operation === 'add' ? a + b : operation === 'sub' ? a - b : a * b;
}

function compare(operation: Comparison, a: Verdict, b: Verdict): Verdict {
  if (a === PENDING || b === PENDING) return PENDING;
  if (operation === 'eq') return a === b;
  if (operation === 'ne') return a !== b;
  const comparable =
    (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
  if (!comparable) return PENDING;
  const [left, right] = [a as number, b as number];
  if (operation === 'lt') return left < right;
  if (operation === 'lte') return left <= right;
  return operation === 'gt' ? left > right : left >= right;
}

function unary(operation: 'not' | 'is_null' | 'is_true' | 'is_false' | 'len', value: Verdict): Verdict {
  if (operation === 'is_null') return value === PENDING || value === null;
  if (value === PENDING) return PENDING;
  if (operation === 'is_true') return value === true;
  if (operation === 'is_false') return value === false;
  if (operation === 'not') return typeof value === 'boolean' ? !value : PENDING;
  return typeof value === 'string' || Array.isArray(value) ? value.length : PENDING;
}

function filled({ message, bindings = {} }: CheckRule, evaluate: (node: Expression) => Verdict): LocalText {
  const values = Object.entries(bindings).map(([name, node]) => [name, shown(evaluate(node))] as const);
  return phrase(message, Object.fromEntries(values));
}

/** A value as a message quotes it: numbers to six decimals without trailing zeros, `?` for what is not known. */
function shown(value: Verdict): string {
  if (value === PENDING || value === null) return '?';
  if (typeof value === 'number') return String(Number(value.toFixed(6)));
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '?';
}
