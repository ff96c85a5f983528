import { AppError } from '#contract';

import { tooDeep } from '../http/body-parsers.js';
import { lenientJson } from '../http/lenient-json.js';

/** Levels of nesting in a frame; the store takes fewer in what it keeps. */
const DEPTH = 100;
/** Messages in a frame. */
const MESSAGES = 10_000;

/** The elements of a frame, one or a list of them; Python's words for numbers that are none are numbers. @throws AppError `tracked-frame-invalid`. */
export function readFrame(text: string): readonly unknown[] {
  if (tooDeep(text, DEPTH)) throw new AppError('tracked-frame-invalid', { reason: `nested deeper than ${DEPTH}` });
  const value = parsed(text);
  const items = Array.isArray(value) ? (value as unknown[]) : [value];
  if (items.length > MESSAGES)
    throw new AppError('tracked-frame-invalid', { reason: `more than ${MESSAGES} messages` });
  return items;
}

function parsed(text: string): unknown {
  try {
    const lenient = lenientJson(text);
    if (lenient === undefined) return JSON.parse(text);
    return lenient.restore(JSON.parse(lenient.text));
  } catch (error) {
    throw new AppError('tracked-frame-invalid', { reason: 'not valid JSON' }, { cause: error });
  }
}
