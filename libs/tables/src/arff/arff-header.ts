import { AppError, type ColumnType } from '#contract';
import { typeEntry } from '#frame';

import { splitValues } from './arff-values.js';

/** A declared column; `levels` are those of a nominal one. */
export interface ArffAttribute {
  readonly name: string;
  readonly kind: 'numeric' | 'nominal' | 'text';
  readonly type: ColumnType;
  readonly levels: readonly string[] | null;
}

const ATTRIBUTE = /^@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s{]+)\s*(.*)$/is;

/** Reads one `@attribute` line. @throws AppError `line-wrong` {format, line}, also for relations inside a relation. */
export function parseAttribute(text: string, line: number): ArffAttribute {
  const match = ATTRIBUTE.exec(text.trim());
  if (!match) throw lineWrong(line);
  const name = unquoted(match[1]!);
  const declared = match[2]!.trim();
  if (declared.startsWith('{')) {
    if (!declared.endsWith('}')) throw lineWrong(line);
    const levels = splitValues(declared.slice(1, -1), line).flatMap((level) => (level === null ? [] : [level]));
    return { name, kind: 'nominal', levels, type: typeEntry('Categorical', levels) };
  }
  const word = declared.split(/\s/, 1)[0]!.toLowerCase();
  if (word === 'integer') return { name, kind: 'numeric', levels: null, type: typeEntry('Integer') };
  if (word === 'numeric' || word === 'real') return { name, kind: 'numeric', levels: null, type: typeEntry('Float') };
  if (word === 'string' || word === 'date')
    return { name, kind: 'text', levels: null, type: { ...typeEntry('Text'), encoding: 'utf-8' } };
  throw lineWrong(line);
}

const unquoted = (text: string): string => (/^['"]/.test(text) ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text);

/** The error for a line that is not what its place asks for. */
export const lineWrong = (line: number): AppError => new AppError('line-wrong', { format: 'ARFF', line });
