import { writeJson } from '../values/numbers-json.js';
import { plainOf } from '../values/plain.js';

/** The bytes of a figure: a picture's own, SVG or HTML text, or JSON of whatever has one (Plotly's figures do). @throws TypeError */
export function figureBytes(figure: unknown): Uint8Array {
  if (figure instanceof Uint8Array) return figure;
  if (typeof figure === 'string') return new TextEncoder().encode(figure);
  const plain = typeof figure === 'object' && figure !== null ? plainOf(figure) : undefined;
  if (plain === undefined) throw new TypeError('A figure is Plotly JSON, an object with toJSON, SVG text or bytes');
  return new TextEncoder().encode(writeJson(plain));
}
