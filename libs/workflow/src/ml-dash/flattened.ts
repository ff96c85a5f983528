/** A tree as its leaves by dotted key; lists and empty objects are leaves. */
export function flattened(tree: Readonly<Record<string, unknown>>, above = ''): Record<string, unknown> {
  const leaves = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(tree)) {
    const nested =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
    if (nested) Object.assign(leaves, flattened(value as Record<string, unknown>, `${above}${key}.`));
    else leaves[above + key] = value;
  }
  return leaves;
}
