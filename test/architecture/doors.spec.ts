import { readdirSync } from 'node:fs';
import { relative } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Places of exports of a door that say nothing about themselves, as `file:line name`. */
function silentExports(checker: ts.TypeChecker, door: ts.SourceFile): string[] {
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(door)!);
  return exported.flatMap((entry) => {
    const symbol = entry.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(entry) : entry;
    const told = symbol.getDocumentationComment(checker).length + symbol.getJsDocTags().length > 0;
    const place = symbol.declarations?.[0];
    if (told || place === undefined) return [];
    const file = place.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(place.getStart());
    return [`${relative(process.cwd(), file.fileName)}:${line + 1} ${entry.name}`];
  });
}

describe('the doors of the libs', () => {
  it('every export has a doc comment at its definition', () => {
    const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: object };
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, process.cwd());
    const doors = readdirSync('libs').map((lib) => `libs/${lib}/src/index.ts`);
    const program = ts.createProgram(doors, { ...options, noEmit: true, skipLibCheck: true });
    const checker = program.getTypeChecker();
    expect(doors.flatMap((door) => silentExports(checker, program.getSourceFile(door)!))).toEqual([]);
  });
});
