import type { LocalText } from './locales.js';

/** Interval a tuner draws from when a number is optimised; `log` draws on a logarithmic scale. */
export interface SearchRange {
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
}
interface Common<V> {
  /** The value a missing key takes and the form's first value. */
  readonly default: V;
  /** Null is a value too: it then is one branch of the form. */
  readonly nullable?: true;
}
/** A number; bounds are inclusive unless they say otherwise. */
export interface NumberField extends Common<number | null> {
  readonly kind: 'int' | 'float';
  readonly min?: number;
  readonly max?: number;
  /** Exclusive bounds. */
  readonly above?: number;
  readonly below?: number;
  readonly multipleOf?: number;
  readonly search?: SearchRange;
}
/** Yes or no; `search` lets a tuner try both. */
export interface BoolField extends Common<boolean | null> {
  readonly kind: 'bool';
  readonly search?: true;
}
/** One of some words; `search` lets a tuner try each. */
export interface ChoiceField<O extends string = string> extends Common<O | null> {
  readonly kind: 'choice';
  readonly options: readonly O[];
  /** What people read in place of an option that does not speak for itself. */
  readonly labels?: Readonly<Partial<Record<O, LocalText>>>;
  readonly search?: true;
}
/** Any text. */
export interface StringField extends Common<string | null> {
  readonly kind: 'string';
}
/** Several values of one kind. */
export interface ListField extends Common<readonly unknown[] | null> {
  readonly kind: 'list';
  readonly items: Field;
  readonly minItems?: number;
  readonly maxItems?: number;
}
/** One of several kinds of value, for example a number or a word. */
export interface UnionField extends Common<unknown> {
  readonly kind: 'union';
  readonly of: readonly Field[];
  /** Values a tuner may choose from. */
  readonly search?: readonly unknown[];
}
/** A component of a parent class with its own parameters. */
export interface ComponentField extends Common<{
  readonly component: string;
  readonly params: Readonly<Record<string, unknown>>;
}> {
  readonly kind: 'component';
  readonly parent: string;
}

/** One parameter of a component, as plain data: validation, form, search space and tests are derived from it. */
export type Field = NumberField | BoolField | ChoiceField | StringField | ListField | UnionField | ComponentField;
/** The parameters of a component by name, in the order of its form. */
export type Fields = Readonly<Record<string, Field>>;

type Plain<F> =
  F extends ChoiceField<infer O>
    ? O
    : F extends BoolField
      ? boolean
      : F extends NumberField
        ? number
        : F extends StringField
          ? string
          : F extends ListField
            ? readonly Plain<F['items']>[]
            : F extends UnionField
              ? Plain<F['of'][number]>
              : F extends ComponentField
                ? { readonly component: string; readonly params: Readonly<Record<string, unknown>> }
                : never;
/** The type of a field's resolved value. */
export type ValueOf<F> = F extends { readonly nullable: true } ? Plain<F> | null : Plain<F>;
/** The resolved parameters a component receives; of fields that are not known by name, only that they are values. */
export type ParamsOf<P extends Fields> = string extends keyof P
  ? Readonly<Record<string, unknown>>
  : { readonly [K in keyof P]: ValueOf<P[K]> };

type Without<F> = Omit<F, 'kind' | 'nullable'>;
/** A whole number. */
export const int = <const F extends Without<NumberField>>(field: F): F & { readonly kind: 'int' } => ({
  ...field,
  kind: 'int',
});
/** A finite number. */
export const float = <const F extends Without<NumberField>>(field: F): F & { readonly kind: 'float' } => ({
  ...field,
  kind: 'float',
});
/** True or false. */
export const bool = <const F extends Without<BoolField>>(field: F): F & { readonly kind: 'bool' } => ({
  ...field,
  kind: 'bool',
});
/** One word out of a fixed list. */
export const choice = <const O extends string>(field: Without<ChoiceField<O>>): ChoiceField<O> => ({
  ...field,
  kind: 'choice',
});
/** Free text. */
export const string = <const F extends Without<StringField>>(field: F): F & { readonly kind: 'string' } => ({
  ...field,
  kind: 'string',
});
/** Several values of one kind. */
export const list = <const F extends Without<ListField>>(field: F): F & { readonly kind: 'list' } => ({
  ...field,
  kind: 'list',
});
/** A value of one of several kinds, tried in order. */
export const union = <const F extends Without<UnionField>>(field: F): F & { readonly kind: 'union' } => ({
  ...field,
  kind: 'union',
});
/** A nested component. */
export const component = <const F extends Without<ComponentField>>(field: F): F & { readonly kind: 'component' } => ({
  ...field,
  kind: 'component',
});

/** The same field with null as a further value; null is the default unless another one is given. */
export function orNull<const F extends Field>(field: F, fallback: unknown = null): F & { readonly nullable: true } {
  return { ...field, nullable: true, default: fallback } as F & { readonly nullable: true };
}
