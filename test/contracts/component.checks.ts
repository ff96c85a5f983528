import { expect } from 'vitest';

import { type Component, manifestOf, parametersFor, registry } from '#components';
import { type Field, fieldSchema, invalidValues, LOCALES, resolveParameters } from '#contract';

import type { Check } from './waivers.js';

const fields = (component: Component): [string, Field][] => Object.entries(component.params);

/** Values a search may reach: both ends of a range, or every choice. */
function searched(field: Field): readonly unknown[] {
  if (!('search' in field)) return [];
  if (field.kind === 'int' || field.kind === 'float') return [field.search.low, field.search.high];
  if (field.kind === 'choice') return field.options;
  if (field.kind === 'union') return field.search;
  return [];
}

/** What is demanded of every component, whatever its kind. */
export const componentChecks: readonly Check<Component>[] = [
  {
    name: 'parameters are plain data',
    run: ({ params }) => expect(JSON.parse(JSON.stringify(params))).toEqual(params),
  },
  {
    name: 'defaults are valid and in keeping with the rules',
    run: (component) => expect(() => parametersFor(component, {})).not.toThrow(),
  },
  {
    name: 'generated bad values are refused',
    run: (component) => {
      for (const [name, field] of fields(component))
        for (const value of invalidValues(field))
          expect(() => resolveParameters(component.params, { [name]: value }), `${name}=${String(value)}`).toThrow();
    },
  },
  {
    name: 'unknown parameters are refused',
    run: ({ params }) => expect(() => resolveParameters(params, { surprise: 1 })).toThrow('parameters-invalid'),
  },
  {
    name: 'what the form starts with is accepted when it is sent back',
    run: (component) => {
      const schema = manifestOf(component).schema as { properties: Record<string, { placeholder: unknown }> } | null;
      const sent = Object.entries(schema?.properties ?? {}).map(([name, { placeholder }]) => [name, placeholder]);
      const { fixed, search } = resolveParameters(
        component.params,
        Object.fromEntries(sent) as Record<string, unknown>,
      );
      expect(fixed).toEqual(resolveParameters(component.params, {}).fixed);
      expect(search).toEqual({});
    },
  },
  {
    name: 'a search stays inside the domain and has something to choose',
    run: (component) => {
      for (const [name, field] of fields(component)) {
        const values = searched(field);
        for (const value of values)
          expect(
            fieldSchema(field).safeParse(value).success,
            `${name} may not be ${String(value)}, which its search reaches`,
          ).toBe(true);
        if (values.length > 0)
          expect(new Set(field.nullable ? [null, ...values] : values).size, name).toBeGreaterThan(1);
      }
    },
  },
  {
    name: 'texts say something in every language',
    run: ({ texts, params }) => {
      for (const locale of LOCALES) {
        const { name, summary, params: help } = texts[locale];
        expect(name).toMatch(/\S/);
        expect(summary, `${locale}: one sentence with its full stop`).toMatch(/[.。]$/);
        if (locale !== 'en') expect(summary, locale).not.toBe(texts.en.summary);
        if (locale === 'zh') expect(summary).toMatch(/\p{Script=Han}/u);
        for (const key of Object.keys(params)) {
          const [label, text] = help[key]!;
          expect(label, `${locale} ${key}`).toMatch(/\S/);
          expect(text, `${locale} ${key}`).toMatch(/\S/);
          expect(text, `${locale} ${key}`).not.toBe(label);
        }
      }
    },
  },
  {
    name: 'the manifest survives JSON and names what exists',
    run: (component) => {
      const manifest = manifestOf(component);
      expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
      expect(manifest.ancestors.length).toBeGreaterThan(0);
      const tasks = registry.all
        .filter(({ kind }) => kind === 'task' || kind === 'generative-task')
        .map(({ name }) => name);
      const tests = registry.all.filter(({ kind }) => kind === 'statistical-test').map(({ name }) => name);
      // A statistical test names the one of pairs that follows it.
      const known = component.kind === 'statistical-test' ? tests : tasks;
      for (const name of manifest.compatible) expect(known, 'what it serves must exist').toContain(name);
    },
  },
];
