/** Operators between two values, by their sign. */
export type BinarySign = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '<<' | '>>' | '&' | '|' | '^';
/** Comparisons, as they are written. */
export type CompareSign = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

/** A text, a bigint for an int, a number for a float, or one of the three names. */
export type Constant = string | bigint | number | boolean | null;

/** `for target in source if …`, once or several times. */
export interface Clause {
  readonly target: Target;
  readonly source: Expression;
  readonly conditions: readonly Expression[];
}
/** What a comprehension binds: a name or a pattern of names. */
export type Target = string | readonly Target[];

/** An expression; `at` is its place in the text. */
export type Expression = { readonly at: number } & (
  | { readonly kind: 'constant'; readonly value: Constant }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'item'; readonly of: Expression; readonly key: Expression }
  | {
      readonly kind: 'slice';
      readonly from: Expression | null;
      readonly to: Expression | null;
      readonly step: Expression | null;
    }
  | {
      readonly kind: 'call';
      readonly of: Expression;
      readonly args: readonly Expression[];
      readonly named: readonly { readonly name: string; readonly value: Expression }[];
    }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly entries: readonly { readonly key: Expression; readonly value: Expression }[] }
  | { readonly kind: 'unary'; readonly sign: '-' | '+' | '~' | 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly sign: BinarySign; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly { readonly sign: CompareSign; readonly to: Expression }[];
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | {
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | {
      readonly kind: 'comprehension';
      readonly makes: 'list' | 'set' | 'dict' | 'generator';
      readonly item: Expression;
      /** Only of a dict. */
      readonly value: Expression | null;
      readonly clauses: readonly Clause[];
    }
);
/** One kind of expression. */
export type Node<K extends Expression['kind']> = Extract<Expression, { kind: K }>;
