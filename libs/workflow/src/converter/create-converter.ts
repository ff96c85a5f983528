import type { Rule, WireConverter } from '#contract';
import { assertRules, parseParameters } from '#contract';
import { ConverterEntity, NotebookEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireConverter } from './wire-converter.js';

/** The create body's `parameters`. */
export interface ConverterParameters {
  readonly order: number;
  readonly params?: Readonly<Record<string, unknown>> | null | undefined;
  readonly scope?: Readonly<Record<string, unknown>> | null | undefined;
  readonly target?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Adds a step that a ConverterJob applies. @throws AppError `notebook-not-found`, `component-not-registered`, `parameters-invalid`. */
export async function createConverter(
  { db, catalogue }: Ports,
  given: { notebook_id: number; converter: string; parameters: ConverterParameters },
): Promise<WireConverter> {
  await rowById(db.manager, NotebookEntity, given.notebook_id, 'notebook-not-found');
  const { order, params, scope, target } = given.parameters;
  const { fields, schema } = catalogue.get(given.converter, 'Converter');
  assertRules((schema?.['x-dashai-rules'] ?? []) as readonly Rule[], parseParameters(fields, params ?? {}));
  const row = db.manager.create(ConverterEntity, {
    notebook_id: given.notebook_id,
    converter: given.converter,
    parameters: { order, params: params ?? null, scope: scope ?? null, target: target ?? null },
  });
  const { id } = await db.manager.save(row);
  return wireConverter(await rowById(db.manager, ConverterEntity, id, 'converter-not-found'));
}
