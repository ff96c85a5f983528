import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { type Route, routes } from '#contract';

import { openApiDocument } from '../../apps/api/src/openapi/document.js';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly { name: string; in: string; example: unknown; schema: object }[];
  readonly requestBody?: { content: Record<string, { example?: unknown }> };
  readonly responses: Record<
    string,
    { description: string; content?: Record<string, { example?: unknown; examples?: object }> }
  >;
}

const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  readonly tags: readonly { name: string; description: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
);
const declared: Route[] = Object.values(routes).flatMap((group) => Object.values(group) as Route[]);

/** Every `$ref` below a node. */
const refsOf = (node: unknown): string[] =>
  typeof node !== 'object' || node === null
    ? []
    : Object.entries(node).flatMap(([key, value]) =>
        key === '$ref' && typeof value === 'string' ? [value] : refsOf(value),
      );

describe('the OpenAPI document', () => {
  it('is the committed one; `npm run gen` writes it', () => {
    const committed = readFileSync(join(import.meta.dirname, '../../docs/api/openapi.json'), 'utf8');
    expect(JSON.parse(committed)).toEqual(document);
  });

  it('refers only to what it holds', () => {
    const found = (ref: string): unknown =>
      ref
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    const refs = refsOf(document);
    expect(refs.length).toBeGreaterThan(10);
    expect(refs.filter((ref) => found(ref) === undefined)).toEqual([]);
  });

  it('holds every route of the contract, once, under its own name', () => {
    expect(operations).toHaveLength(declared.length);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(declared.length);
  });

  it('describes every tag it uses', () => {
    const described = new Set(document.tags.map(({ name }) => name));
    expect(operations.flatMap(({ operation }) => operation.tags).filter((tag) => !described.has(tag))).toEqual([]);
  });

  it.each(operations)('$name has summary, parameters, examples and errors', ({ path, operation }) => {
    expect(operation.summary).toMatch(/^[A-Z]/);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    const parameters = operation.parameters ?? [];
    expect(
      parameters
        .filter((one) => one.in === 'path')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(inPath);
    for (const parameter of parameters) expect(parameter).toHaveProperty('example');
    for (const content of Object.values(operation.requestBody?.content ?? {}))
      expect(content).toHaveProperty('example');
    const statuses = Object.keys(operation.responses);
    // ML-Dash's client knows 400 for every input that is wrong.
    const wrong = statuses.includes('422') ? '422' : '400';
    if (wrong === '400') expect(operation.tags[0]).toMatch(/^(?:ml-dash|device-login)$/);
    expect(statuses).toEqual(expect.arrayContaining(['421', wrong, '500']));
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      expect(description).not.toBe('');
      if (status === '204' || status === '304') continue;
      for (const one of Object.values(content ?? { none: {} })) {
        expect('example' in one || Object.keys(one.examples ?? {}).length > 0).toBe(true);
      }
    }
  });
});
