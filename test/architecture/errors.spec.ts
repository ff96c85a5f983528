import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { errorTable } from '#contract';
import { errorText } from '#i18n';

/** Where codes, their texts and the routes that may answer them are declared; standing there is not being used. */
const DECLARED = /contract\/src\/(errors|[\w-]+-routes)\.ts$|i18n\/src\/errors\//;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['generated', 'node_modules', 'dist'].includes(entry.name) ? [] : sources(path);
    return entry.name.endsWith('.ts') && !entry.name.includes('.spec.') && !DECLARED.test(path) ? [path] : [];
  });
}
const files = [...sources('apps'), ...sources('libs')].map((path) => ({ path, text: readFileSync(path, 'utf8') }));

interface Throw {
  readonly place: string;
  readonly code: string;
  /** Names of the values; null when they are not written out beside the code. */
  readonly names: readonly string[] | null;
  /** What is written out among the values. */
  readonly words: readonly string[];
}

/** Every `new AppError('code', …)`. */
function throwsOf({ path, text }: (typeof files)[number]): Throw[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: Throw[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText(file) === 'AppError') {
      const [code, values] = node.arguments ?? [];
      if (code !== undefined && ts.isStringLiteral(code)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
        found.push({ place: `${path}:${line + 1}`, code: code.text, names: namesOf(values), words: wordsOf(values) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function namesOf(values: ts.Expression | undefined): string[] | null {
  if (values === undefined) return [];
  if (!ts.isObjectLiteralExpression(values)) return null;
  const names = values.properties.map(({ name }) => (name && ts.isIdentifier(name) ? name.text : null));
  return names.every((name) => name !== null) ? names : null;
}

/** The texts of string and template literals that are values themselves. */
function wordsOf(values: ts.Expression | undefined): string[] {
  if (values === undefined || !ts.isObjectLiteralExpression(values)) return [];
  return values.properties.flatMap((property) => {
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    if (value === undefined) return [];
    if (ts.isStringLiteralLike(value)) return [value.text];
    if (!ts.isTemplateExpression(value)) return [];
    return [value.head.text, ...value.templateSpans.map(({ literal }) => literal.text)];
  });
}

const thrown = files.filter(({ text }) => text.includes('AppError(')).flatMap(throwsOf);

describe('error codes', () => {
  it('every code of the table is used somewhere', () => {
    const unused = Object.keys(errorTable).filter((code) => !files.some(({ text }) => text.includes(`'${code}'`)));
    expect(unused).toEqual([]);
  });

  it('what is thrown fills its text', () => {
    expect(thrown.length).toBeGreaterThan(100);
    // A value that is not there reads as a question mark; the texts ask no questions of their own.
    const gaps = thrown.filter(({ code, names }) => {
      const values = Object.fromEntries((names ?? []).map((name) => [name, 'value']));
      return names !== null && errorText(code, values, 'en').includes('?');
    });
    expect(gaps.map(({ place, code }) => `${place} ${code}`)).toEqual([]);
  });

  it('a sentence among the values is a text in every language, not a literal', () => {
    // What a socket of another system's client is refused for is read by that program.
    const read = thrown.filter(({ place }) => !/(apps\/api\/src\/matyan|workflow\/src\/matyan\/ingest)\//.test(place));
    const prose = read.flatMap(({ place, words }) =>
      words.filter((word) => /[a-z]{2,} [a-z]{3,}/.test(word)).map((word) => `${place} ${word}`),
    );
    expect(prose).toEqual([]);
  });
});
