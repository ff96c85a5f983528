import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Puts a section of figures into a Markdown file, in place of the former one of this name, else at the end. */
export function recordSection(markdownFile: string, name: string, lines: readonly string[]): void {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const text = existsSync(markdownFile) ? readFileSync(markdownFile, 'utf8') : '# Benchmarks\n';
  const [before, rest] = text.split(begin);
  const after = (rest?.split(end)[1] ?? '').trimStart();
  const section = [begin, ...lines, end].join('\n');
  writeFileSync(markdownFile, `${before!.trimEnd()}\n\n${section}\n${after && `\n${after}`}`);
}
