import type { WireConverter } from '#contract';
import type { ConverterEntity } from '#persistence';

import { toWire, without } from '../rows.js';

/** A converter as the wire has it; the table it made stays inside. */
export function wireConverter(row: ConverterEntity): WireConverter {
  return without(toWire(row), 'table_key');
}
