/**
 * The first character in the texts of a value, keys too, that the database takes neither as text nor as JSON: `U+0000`, or half of a
 * pair, as `U+D800`. Undefined when all can be stored. JSON's depth must be bounded before.
 */
export function unstorableCharacter(value: unknown): string | undefined {
  if (typeof value === 'string') return inText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  // Lists are long, and most of them of numbers: nothing is made of them but a look.
  if (Array.isArray(value)) {
    for (const inner of value as unknown[]) {
      const found = typeof inner === 'number' ? undefined : unstorableCharacter(inner);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    const found = inText(key) ?? unstorableCharacter(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inText(text: string): string | undefined {
  const found = /\0|\p{Surrogate}/u.exec(text)?.[0];
  return found === undefined ? undefined : `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
