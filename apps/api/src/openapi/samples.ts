import type { Schema } from './schemas.js';

/** A value that fits a schema, for routes that give no example of their own; the same at every run. */
export function sampleOf(schema: Schema, components: Readonly<Record<string, Schema>>, depth = 0): unknown {
  if (Array.isArray(schema['examples']) && schema['examples'].length > 0) return schema['examples'][0];
  for (const key of ['const', 'default'] as const) if (key in schema) return schema[key];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const next = (inner: unknown): unknown => sampleOf(inner as Schema, components, depth + 1);
  const ref = schema['$ref'];
  if (typeof ref === 'string') {
    const target = components[ref.replace('#/components/schemas/', '')];
    return target && depth < 8 ? next(target) : {};
  }
  for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
    const choices = schema[key];
    if (Array.isArray(choices)) return next(choices[0]);
  }
  return ofType(schema, next);
}

function ofType(schema: Schema, next: (inner: unknown) => unknown): unknown {
  switch (schema['type']) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).map(([name, inner]) => [
          name,
          next(inner),
        ]),
      );
    case 'array':
      return Array.isArray(schema['prefixItems'])
        ? schema['prefixItems'].map(next)
        : schema['items']
          ? [next(schema['items'])]
          : [];
    case 'integer':
      return Math.max(1, Number(schema['minimum'] ?? 1));
    case 'number':
      return Math.max(0.5, Number(schema['minimum'] ?? 0.5));
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return sampleText(schema['format']);
    default:
      return {};
  }
}

function sampleText(format: unknown): string {
  if (format === 'uuid') return '6f1c2b1e-5a52-4c9e-9c55-0d7c3d1a2b3c';
  if (format === 'date-time') return '2026-01-31T10:22:05.123Z';
  return 'text';
}
