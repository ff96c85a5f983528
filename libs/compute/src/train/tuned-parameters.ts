import type { TunedValues } from '#components';

/** Parameters as they were sent, with what a search found in place: an envelope keeps its bounds and gets the value as fixed. */
export function tunedParameters(
  sent: Readonly<Record<string, unknown>>,
  tuned: TunedValues,
): Readonly<Record<string, unknown>> {
  const found = Object.entries(tuned).map(([name, value]) => {
    const envelope: Readonly<Record<string, unknown>> = { ...(sent[name] as object), fixed_value: value };
    return [name, envelope] as const;
  });
  return { ...sent, ...Object.fromEntries(found) };
}
