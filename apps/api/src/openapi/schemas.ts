import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

/** A JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it. */
export type Schema = Record<string, unknown>;

/**
 * Turns zod schemas into JSON Schemas. Schemas with `.meta({ id })` become components, once, and every other place
 * refers to them.
 */
export class SchemaBook {
  readonly components: Record<string, Schema> = {};

  /** `read` as a client writes it; `parsed` after conversion, for queries and forms, whose values travel as text. */
  of(schema: z.ZodType, side: 'read' | 'parsed' = 'read'): Schema {
    const { $defs, ...root } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: side === 'read' ? 'input' : 'output',
      unrepresentable: 'any',
    }) as Schema;
    delete root['$schema'];
    const id = z.globalRegistry.get(schema)?.id;
    const names = new Map<string, string>();
    const definitions = Object.entries(($defs ?? {}) as Record<string, Schema>);
    if (id !== undefined && !definitions.some(([name]) => name === id)) definitions.push([id, root]);
    for (const [name, definition] of definitions) names.set(name, this.nameFor(name, definition));
    for (const [name, definition] of definitions) this.components[names.get(name)!] = tidy(definition, names);
    return id === undefined ? tidy(root, names) : { $ref: `#/components/schemas/${names.get(id)!}` };
  }

  /** The same id may differ before and after conversion; the second shape gets a name of its own. */
  private nameFor(name: string, definition: Schema): string {
    const known = this.components[name];
    if (!known || isDeepStrictEqual(known, tidy(definition, new Map([[name, name]])))) return name;
    return `${name}Parsed`;
  }
}

/** Points references at the components and drops what only zod needs. */
function tidy(value: Schema, names: ReadonlyMap<string, string>): Schema {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key, item]) => !isNoise(key, item, node))
        .map(([key, item]) => [key, key === '$ref' ? refersTo(item, names) : walk(item)]),
    );
  };
  return walk(value) as Schema;
}

function refersTo(ref: unknown, names: ReadonlyMap<string, string>): unknown {
  const name = typeof ref === 'string' ? /^#\/\$defs\/(.+)$/.exec(ref)?.[1] : undefined;
  return name === undefined ? ref : `#/components/schemas/${names.get(name) ?? name}`;
}

/** Ids are the components' names already; whole numbers are safe ones anyway; keys of objects are text. */
function isNoise(key: string, item: unknown, node: object): boolean {
  if (key === 'id') return 'type' in node || '$ref' in node || 'anyOf' in node;
  if (key === 'maximum') return item === Number.MAX_SAFE_INTEGER;
  if (key === 'minimum') return item === Number.MIN_SAFE_INTEGER;
  return key === 'propertyNames';
}
