import { z } from 'zod';

import { AppError } from './errors.js';
import { refusalText } from './issue-texts.js';
import type { LocalText } from './locales.js';
import type { Field, Fields, NumberField, ParamsOf } from './params.js';

/** What a searchable parameter travels in: fixed at a value, or to be tuned between bounds or over choices. */
export const SearchEnvelope = z.strictObject({
  optimize: z.boolean(),
  fixed_value: z.unknown().optional(),
  lower_bound: z.number().nullish(),
  upper_bound: z.number().nullish(),
  choices: z.array(z.unknown()).nullish(),
});
export type SearchEnvelope = z.infer<typeof SearchEnvelope>;

/** One dimension a tuner draws from. */
export type SearchDimension =
  | { readonly kind: 'int' | 'float'; readonly low: number; readonly high: number; readonly log: boolean }
  | { readonly kind: 'choice'; readonly choices: readonly unknown[] };

/** Parameters split into those that stand and those a tuner chooses. */
export interface ResolvedParameters {
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly search: Readonly<Record<string, SearchDimension>>;
}

/** The schema of one field's bare value. */
export function fieldSchema(field: Field): z.ZodType {
  const schema = plainSchema(field);
  return field.nullable ? schema.nullable() : schema;
}

function plainSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case 'bool':
      return z.boolean();
    case 'choice':
      return z.enum(field.options as [string, ...string[]]);
    case 'string':
      return z.string().max(10_000);
    case 'int':
    case 'float':
      return numberSchema(field);
    case 'list':
      return z
        .array(fieldSchema(field.items))
        .min(field.minItems ?? 0)
        .max(field.maxItems ?? 1000);
    case 'union':
      return z.union(field.of.map(fieldSchema) as [z.ZodType, ...z.ZodType[]]);
    case 'component':
      return z.preprocess(
        shortComponent,
        z.object({ component: z.string().min(1), params: z.record(z.string(), z.unknown()) }),
      );
  }
}

function numberSchema(field: NumberField): z.ZodType {
  let schema = field.kind === 'int' ? z.int() : z.number();
  if (field.min !== undefined) schema = schema.min(field.min);
  if (field.max !== undefined) schema = schema.max(field.max);
  if (field.above !== undefined) schema = schema.gt(field.above);
  if (field.below !== undefined) schema = schema.lt(field.below);
  if (field.multipleOf !== undefined) schema = schema.multipleOf(field.multipleOf);
  return schema;
}

/** The client's verbose `{properties: {params: {comp: {component, params}}}}` becomes `{component, params}`. */
function shortComponent(value: unknown): unknown {
  const verbose = z.object({ properties: z.object({ params: z.object({ comp: z.unknown() }) }) }).safeParse(value);
  return verbose.success ? verbose.data.properties.params.comp : value;
}

const searchable = (field: Field): boolean => 'search' in field;

/**
 * Checks parameters as the client sends them (bare values or search envelopes) and fills in defaults.
 * @throws AppError `parameters-invalid` naming the first bad parameter and why; unknown names are errors too.
 */
export function resolveParameters(fields: Fields, given: Readonly<Record<string, unknown>>): ResolvedParameters {
  for (const name of Object.keys(given)) if (!Object.hasOwn(fields, name)) throw invalid(name, REASONS.unknown);
  const fixed: Record<string, unknown> = {};
  const search: Record<string, SearchDimension> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(given, name) ? given[name] : field.default;
    const envelope = searchable(field) ? SearchEnvelope.safeParse(value) : undefined;
    if (!envelope?.success) fixed[name] = parse(name, field, value);
    else if (!envelope.data.optimize)
      fixed[name] = parse(name, field, 'fixed_value' in envelope.data ? envelope.data.fixed_value : undefined);
    else search[name] = dimension(name, field, envelope.data);
  }
  return { fixed, search };
}

/**
 * The parameters of a component that is not tuned, with defaults filled in.
 * @throws AppError `parameters-invalid`, also when a parameter asks to be tuned.
 */
export function parseParameters<P extends Fields>(fields: P, given: Readonly<Record<string, unknown>>): ParamsOf<P> {
  const { fixed, search } = resolveParameters(fields, given);
  const tuned = Object.keys(search)[0];
  if (tuned !== undefined) throw invalid(tuned, REASONS.notTunable);
  return fixed as ParamsOf<P>;
}

function parse(name: string, field: Field, value: unknown): unknown {
  const schema = fieldSchema(field);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(name, refusalText(schema, value));
  return parsed.data;
}

function dimension(
  name: string,
  field: Field,
  { lower_bound: low, upper_bound: high, choices }: SearchEnvelope,
): SearchDimension {
  if (field.kind === 'int' || field.kind === 'float') {
    if (typeof low !== 'number' || typeof high !== 'number' || low >= high) throw invalid(name, REASONS.bounds);
    parse(name, field, low);
    parse(name, field, high);
    return { kind: field.kind, low, high, log: field.search?.log ?? false };
  }
  const distinct = [...new Set(choices ?? [])];
  if (distinct.length < 2) throw invalid(name, REASONS.choices);
  return { kind: 'choice', choices: distinct.map((value) => parse(name, field, value)) };
}

const invalid = (parameter: string, reason: LocalText): AppError =>
  new AppError('parameters-invalid', { parameter, reason });

const REASONS = {
  unknown: {
    en: 'there is no such parameter',
    es: 'no existe tal parámetro',
    pt: 'não existe tal parâmetro',
    de: 'einen solchen Parameter gibt es nicht',
    zh: '没有这个参数',
  },
  notTunable: {
    en: 'it cannot be optimised here',
    es: 'aquí no se puede optimizar',
    pt: 'aqui não pode ser otimizado',
    de: 'er kann hier nicht optimiert werden',
    zh: '此处不能优化它',
  },
  bounds: {
    en: 'lower_bound must be below upper_bound',
    es: 'lower_bound debe ser menor que upper_bound',
    pt: 'lower_bound tem de ser menor do que upper_bound',
    de: 'lower_bound muss unter upper_bound liegen',
    zh: 'lower_bound 必须小于 upper_bound',
  },
  choices: {
    en: 'at least two different choices are needed',
    es: 'se necesitan al menos dos opciones distintas',
    pt: 'são precisas pelo menos duas opções diferentes',
    de: 'mindestens zwei verschiedene Möglichkeiten sind nötig',
    zh: '至少需要两个不同的选项',
  },
} as const satisfies Record<string, LocalText>;

/** Values a field must refuse; the contract suites feed them to every component. */
export function invalidValues(field: Field): unknown[] {
  const values = badValues(field);
  return field.nullable ? values.filter((value) => value !== null) : values;
}

function badValues(field: Field): unknown[] {
  switch (field.kind) {
    case 'bool':
      return ['yes', 1, null];
    case 'choice':
      return ['no such option', 0, null];
    case 'string':
      return [1, true, null, {}];
    case 'int':
      return [0.5, '1', null, Number.NaN, ...outside(field)];
    case 'float':
      return ['1', null, Number.NaN, Number.POSITIVE_INFINITY, ...outside(field)];
    case 'list':
      return ['a', 1, null, {}];
    case 'union':
      return [null, {}, []].filter((value) => !field.of.some((branch) => fieldSchema(branch).safeParse(value).success));
    case 'component':
      return ['a', 1, null, { component: '' }];
  }
}

function outside({ min, max, above, below }: NumberField): number[] {
  return [
    ...(min === undefined ? [] : [min - 1]),
    ...(max === undefined ? [] : [max + 1]),
    ...(above === undefined ? [] : [above]),
    ...(below === undefined ? [] : [below]),
  ];
}
