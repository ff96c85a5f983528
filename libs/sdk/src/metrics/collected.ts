/** Values by field, in the order they came. */
export class Collected {
  readonly fields = new Map<string, number[]>();

  /** Nothing counts as NaN. @throws TypeError for what is no number; then none of the values is kept. */
  add(values: Readonly<Record<string, unknown>>): void {
    const numbers = Object.entries(values).map(([field, value]) => [field, numberOf(field, value)] as const);
    for (const [field, number] of numbers) {
      const there = this.fields.get(field);
      if (there) there.push(number);
      else this.fields.set(field, [number]);
    }
  }

  /** The last values of each field, or of those named; 0 for all of them. */
  peek(fields: readonly string[] = [], limit = 5): Record<string, number[]> {
    const names = fields.length > 0 ? fields : [...this.fields.keys()];
    const found = names.map((name) => [name, this.fields.get(name) ?? []] as const);
    return Object.fromEntries(
      found.filter(([, values]) => values.length > 0).map(([name, values]) => [name, values.slice(-limit)]),
    );
  }
}

function numberOf(field: string, value: unknown): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  const text = typeof value === 'string' ? value.trim() : '';
  if (text !== '' && !Number.isNaN(Number(text))) return Number(text);
  throw new TypeError(`${field} is no number; use exp.log() for other values`);
}
