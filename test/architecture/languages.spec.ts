import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { LOCALES } from '#contract';

/** One text in every language as a source spells it out: its place, and each language's parts. */
interface Spelt {
  readonly at: string;
  readonly texts: Readonly<Record<string, readonly string[]>>;
}

const sources = ['apps', 'libs']
  .flatMap((folder) => readdirSync(folder).map((project) => join(folder, project, 'src')))
  .flatMap((src) => readdirSync(src, { recursive: true, encoding: 'utf8' }).map((file) => join(src, file)))
  .filter((file) => file.endsWith('.ts') && !/\.(?:spec|fixture)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  .filter(({ text }) => /\bzh:/.test(text));
const spelt = sources.flatMap(({ file, text }) => textsIn(file, text));

/** Every object with a literal under each of the languages' names. */
function textsIn(file: string, text: string): Spelt[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Spelt[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const given = new Map(
        node.properties.flatMap((property) =>
          ts.isPropertyAssignment(property) && ts.isIdentifier(property.name)
            ? [[property.name.text, partsOf(property.initializer)] as const]
            : [],
        ),
      );
      if (LOCALES.every((locale) => given.get(locale) != null)) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        found.push({ at: `${file}:${line}`, texts: Object.fromEntries(given) as Spelt['texts'] });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A text, or several that belong together, such as a name and its explanation; null when it is made of something else. */
function partsOf(node: ts.Expression): string[] | null {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isArrayLiteralExpression(node)) return null;
  const parts = node.elements.map(partsOf);
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

/** `{{name}}` and `{name}`, wherever a language puts them. */
const places = (text: string): string[] => (text.match(/\{\{\w+\}\}|\{\w+\}/g) ?? []).toSorted();

describe('every text that the sources spell out', () => {
  it('is found: by hundreds, in most libraries', () => {
    expect(spelt.length).toBeGreaterThan(800);
    expect(new Set(spelt.map(({ at }) => at.split('/').slice(0, 2).join('/'))).size).toBeGreaterThan(4);
  });

  it('says something in each language, part by part', () => {
    const silent = spelt.filter(({ texts }) =>
      LOCALES.some(
        (locale) => texts[locale]!.length !== texts['en']!.length || texts[locale]!.some((part) => part.trim() === ''),
      ),
    );
    expect(silent.map(({ at }) => at)).toEqual([]);
  });

  it('has the same places to fill in each language', () => {
    const wrong = spelt.flatMap(({ at, texts }) =>
      LOCALES.filter((locale) =>
        texts['en']!.some((part, index) => places(part).join() !== places(texts[locale]![index] ?? '').join()),
      ).map((locale) => `${at} ${locale}`),
    );
    expect(wrong).toEqual([]);
  });

  it('is Chinese in Chinese, and a sentence of several words is not English elsewhere', () => {
    const words = (text: string): number =>
      text
        .replaceAll(/\{+\w+\}+/g, '')
        .split(/\s+/)
        .filter((word) => /^[a-z]{3,}$/i.test(word)).length;
    const left = spelt.flatMap(({ at, texts }) =>
      texts['en']!.flatMap((part, index) =>
        words(part) < 4
          ? []
          : LOCALES.slice(1)
              .filter(
                (locale) =>
                  texts[locale]![index] === part ||
                  (locale === 'zh' && !/\p{Script=Han}/u.test(texts[locale]![index]!)),
              )
              .map((locale) => `${at} ${locale}: ${part}`),
      ),
    );
    expect(left).toEqual([]);
  });
});
