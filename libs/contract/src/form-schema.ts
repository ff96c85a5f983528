import type { LocalText } from './locales.js';
import type { ChoiceField, Field, Fields, NumberField } from './params.js';
import type { Rule } from './rules.js';

type Json = Record<string, unknown>;

/** Label and help of one parameter, in every language. */
export interface FieldText {
  readonly title: LocalText;
  readonly description: LocalText;
}

/**
 * The wire's form schema: flat JSON Schema with `placeholder` as each field's first value. Texts stay `LocalText`;
 * the API replaces them by the reader's language.
 */
export function formSchema(
  title: string,
  fields: Fields,
  texts: Readonly<Record<string, FieldText>>,
  rules: readonly Rule[] = [],
): Json {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { ...property(field), ...texts[name] }]),
  );
  const schema = { title, type: 'object', properties, required: Object.keys(fields) };
  return rules.length ? { ...schema, 'x-dashai-rules': rules } : schema;
}

function property(field: Field): Json {
  const plain = fieldJson(field);
  const shape: Json = field.nullable ? { anyOf: [...branches(plain), { type: 'null' }] } : plain;
  return { ...shape, ...search(field), placeholder: placeholder(field) };
}

/** A union in a nullable field gives its branches, not a union in a union. */
function branches(plain: Json): unknown[] {
  return Array.isArray(plain['anyOf']) ? (plain['anyOf'] as unknown[]) : [plain];
}

function fieldJson(field: Field): Json {
  switch (field.kind) {
    case 'bool':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: field.options, ...enumNames(field) };
    case 'string':
      return { type: 'string' };
    case 'int':
    case 'float':
      return { type: field.kind === 'int' ? 'integer' : 'number', ...bounds(field) };
    case 'list':
      return {
        type: 'array',
        items: fieldJson(field.items),
        ...(field.minItems === undefined ? {} : { minItems: field.minItems }),
        ...(field.maxItems === undefined ? {} : { maxItems: field.maxItems }),
      };
    case 'union':
      return { anyOf: field.of.map(fieldJson) };
    case 'component':
      return {
        type: 'object',
        parent: field.parent,
        properties: {
          component: { title: 'Component', type: 'string' },
          params: { title: 'Params', type: 'object', additionalProperties: true },
        },
        required: ['component', 'params'],
      };
  }
}

/** Labels in the order of the options, where any option has one; the others stand for themselves. */
function enumNames({ options, labels }: ChoiceField): Json {
  return labels === undefined ? {} : { enumNames: options.map((option) => labels[option] ?? option) };
}

function bounds({ min, max, above, below, multipleOf }: NumberField): Json {
  return {
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(below === undefined ? {} : { exclusiveMaximum: below }),
    ...(multipleOf === undefined ? {} : { multipleOf }),
  };
}

function search(field: Field): Json {
  if (!('search' in field)) return {};
  const dtype = field.kind === 'int' ? 'integer' : field.kind === 'float' ? 'number' : 'categorical';
  return { 'x-dashai-search-dtype': dtype };
}

/** A searchable field's placeholder is the whole search envelope, not optimised at first. */
function placeholder(field: Field): unknown {
  if (!('search' in field)) return field.default;
  const fixed = { optimize: false, fixed_value: field.default };
  if (field.kind === 'int' || field.kind === 'float')
    return { ...fixed, lower_bound: field.search.low, upper_bound: field.search.high };
  return { ...fixed, choices: choices(field) };
}

function choices(field: Field): readonly unknown[] {
  const some =
    field.kind === 'bool'
      ? [false, true]
      : field.kind === 'choice'
        ? field.options
        : field.kind === 'union'
          ? (field.search ?? [])
          : [];
  return field.nullable && !some.includes(null) ? [null, ...some] : some;
}
