const PREFIX = 'fit_parameter_';

/** All parameters of a local explainer; those that choose the background carry their prefix whether it was sent or not. */
export function localParameters(
  parameters: Readonly<Record<string, unknown>>,
  fit: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const prefixed = Object.entries(fit).map(([name, value]) => [name.startsWith(PREFIX) ? name : PREFIX + name, value]);
  return { ...parameters, ...(Object.fromEntries(prefixed) as Record<string, unknown>) };
}
