import { AppError, type ColumnReport, type Finding, PredictionPolicy, type PredictionData } from '#contract';
import { registry } from '#components';
import { type Column, createFrame, type Frame } from '#frame';

import type { TaskHost } from '../host.js';
import type { RunRecord } from '../runs/run-record.js';
import { adaptColumn, countMissing, type Expected } from './adapt-column.js';
import type { GivenData } from './given-data.js';
import { type ColumnMatch, matchColumns } from './match-columns.js';
import { constantColumn, fillColumn, typicalValues } from './typical-values.js';

/** Data held against the run that is to predict them. */
export interface FittedData {
  readonly columns: readonly ColumnReport[];
  readonly findings: readonly Finding[];
  /** The input columns as training had them; null when a finding refuses the data. */
  readonly inputs: Frame | null;
}

const finding = (
  code: Finding['code'],
  outcome: Finding['outcome'],
  column: string | null,
  values: Finding['values'] = {},
): Finding => ({ code, column, outcome, values });

/**
 * Finds each input column, brings it to the type of training and fills what is missing, as far as the policy goes; says what was
 * found, column by column. Only columns the run knows are read.
 */
export async function fitData(
  record: RunRecord,
  given: GivenData,
  { policy = PredictionPolicy.parse({}), training }: Pick<PredictionData, 'policy' | 'training'>,
  host: TaskHost,
): Promise<FittedData> {
  const expected = record.encoder.inputs.map((input) => ({ input, type: record.inputTypes[input.name]! }));
  const output = record.output.name;
  const names = given.columns.map(({ name }) => name);
  // The keys of rows typed by hand have no order.
  const tableNames = given.columns.flatMap(({ name, type }) => (type === null ? [] : [name]));
  const matches = matchColumns(Object.keys(record.inputTypes), names, output);
  const sources = new Map(matches.map((match) => [match.input, sourceOf(match, policy)]));
  const used = new Set([...sources.values()].filter((name) => name !== null));
  const read = new Map((await given.read([...used])).map((column) => [column.name, column]));
  const typed = new Map(given.columns.map(({ name, type }) => [name, type]));
  const findings: Finding[] = [];
  const adapted = new Map<string, Column>();
  const toFill: Expected[] = [];
  const { handlesMissing } = registry.find(record.model, 'classifier', 'regressor').tags ?? {};
  for (const [index, wanted] of expected.entries()) {
    host.tick(index, expected.length);
    const { name } = wanted.input;
    const source = sources.get(name) ?? null;
    if (source === null) {
      const alike = matches.find(({ input }) => input === name)?.alike;
      if (policy.missing === 'fill' && alike == null) toFill.push(wanted);
      else {
        findings.push(finding('column-missing', 'refused', name));
        if (alike != null) findings.push(finding('column-renamed', 'refused', name, { found: alike }));
      }
      continue;
    }
    if (source !== name) findings.push(finding('column-renamed', 'mended', name, { found: source }));
    const { column, findings: more } = adaptColumn(wanted, read.get(source)!, typed.get(source) !== null, policy);
    findings.push(...more);
    adapted.set(name, column);
    if (more.some(({ outcome }) => outcome === 'refused')) continue;
    const missing = countMissing(column);
    if (missing === 0) continue;
    if (handlesMissing) findings.push(finding('cells-missing', 'noted', name, { count: missing }));
    else if (policy.missing === 'fill') toFill.push(wanted);
    else findings.push(finding('cells-missing', 'refused', name, { count: missing }));
  }
  const typical = await typicalValues(toFill, training, host);
  for (const wanted of toFill) {
    const { name } = wanted.input;
    const column = adapted.get(name);
    const value = typical.get(name)!;
    if (column === undefined) findings.push(finding('column-filled', 'mended', name, { value }));
    else findings.push(finding('cells-filled', 'mended', name, { value, count: countMissing(column) }));
    adapted.set(name, column === undefined ? constantColumn(wanted, value, given.rows) : fillColumn(column, value));
  }
  findings.push(...ofOthers(names, { used, output, policy }), ...ofOrder(matches, tableNames, policy));
  const inputs = Object.keys(record.inputTypes);
  const refused = findings.some(({ outcome }) => outcome === 'refused');
  return {
    columns: reportOf(record, given, sources, used),
    findings,
    inputs: refused
      ? null
      : createFrame(
          inputs.map((name) => adapted.get(name)!),
          given.rows,
        ),
  };
}

const sourceOf = ({ found, alike }: ColumnMatch, { renamed }: PredictionPolicy): string | null =>
  found ?? (renamed === 'match' ? alike : null);

function ofOthers(
  names: readonly string[],
  { used, output, policy }: { used: ReadonlySet<string>; output: string; policy: PredictionPolicy },
): Finding[] {
  const outcome = policy.extra === 'refuse' ? 'refused' : 'noted';
  return names
    .filter((name) => !used.has(name))
    .map((name) =>
      name === output ? finding('output-replaced', 'noted', name) : finding('column-extra', outcome, name),
    );
}

function ofOrder(matches: readonly ColumnMatch[], names: readonly string[], policy: PredictionPolicy): Finding[] {
  const places = matches.flatMap((match) => {
    const source = sourceOf(match, policy);
    return source === null || !names.includes(source) ? [] : [names.indexOf(source)];
  });
  const sorted = places.every((place, index) => index === 0 || place > places[index - 1]!);
  return sorted ? [] : [finding('columns-reordered', 'noted', null)];
}

function reportOf(
  { inputTypes, output }: RunRecord,
  given: GivenData,
  sources: ReadonlyMap<string, string | null>,
  used: ReadonlySet<string>,
): ColumnReport[] {
  const typeOf = (name: string | null): ColumnReport['found_type'] =>
    given.columns.find((column) => column.name === name)?.type ?? null;
  const inputs = Object.entries(inputTypes).map(([name, { type }]): ColumnReport => {
    const found = sources.get(name) ?? null;
    return { name, role: 'input', found, expected_type: type, found_type: typeOf(found) };
  });
  const others = given.columns
    .filter(({ name }) => !used.has(name))
    .map(({ name, type }): ColumnReport => {
      const isOutput = name === output.name;
      const expected_type = isOutput ? output.type.type : null;
      return { name, role: isOutput ? 'output' : 'extra', found: name, expected_type, found_type: type };
    });
  return [...inputs, ...others];
}

/**
 * The inputs of data that fit.
 * @throws AppError for the first finding that refuses: `input-columns-missing`, `input-columns-extra`, `input-type-differs`,
 * `values-not-convertible`, `input-levels-unseen`, `missing-values`.
 */
export function acceptedInputs({ inputs, findings }: FittedData): Frame {
  if (inputs !== null) return inputs;
  const refused = findings.filter(({ outcome }) => outcome === 'refused');
  const named = (code: Finding['code']): string =>
    refused.flatMap((found) => (found.code === code ? [found.column ?? ''] : [])).join(', ');
  if (named('column-missing') !== '') throw new AppError('input-columns-missing', { columns: named('column-missing') });
  if (named('column-extra') !== '') throw new AppError('input-columns-extra', { columns: named('column-extra') });
  const { code, column, values } = refused[0]!;
  const about = { column: column ?? '', ...values };
  if (code === 'type-differs') throw new AppError('input-type-differs', about);
  if (code === 'numbers-unreadable') throw new AppError('values-not-convertible', about);
  if (code === 'levels-unseen') throw new AppError('input-levels-unseen', about);
  throw new AppError('missing-values', about);
}
