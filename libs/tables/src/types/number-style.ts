import type { CsvReadPlan } from '#contract';

/** How a column writes its numbers; `thousands` is empty when digits are not grouped. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  readonly thousands: '' | ',' | '.' | ' ' | "'";
}
export const PLAIN: NumberStyle = { decimal: '.', thousands: '' };

const escape = (sign: string): string => (sign === '' ? '' : `\\${sign}`.replace('\\ ', ' ').replace("\\'", "'"));

/** What a whole number or a number with a fraction looks like in this style, as a pattern for JavaScript and RE2. */
export function numberPattern(style: NumberStyle, fraction: boolean): string {
  const group = escape(style.thousands);
  const digits = group ? `(?:[0-9]{1,3}(?:${group}[0-9]{3})+|[0-9]+)` : '[0-9]+';
  const point = escape(style.decimal);
  if (!fraction) return `[+-]?${digits}`;
  return `[+-]?(?:(?:${digits}(?:${point}[0-9]*)?|${point}[0-9]+)(?:[eE][+-]?[0-9]+)?|inf|Inf|infinity|Infinity)`;
}

/** Every value, trimmed, is a number in this style. */
export function allNumbers(values: readonly string[], style: NumberStyle, fraction: boolean): boolean {
  const pattern = new RegExp(`^(?:${numberPattern(style, fraction)})$`);
  return values.every((value) => pattern.test(value.trim()));
}

/**
 * The style all values are written in, or null. Plain numbers win; then a comma that can only be a decimal point; then grouped digits.
 * `1,234` alone could be either: a comma separator in the file speaks for groups, another separator for a decimal comma.
 */
export function numberStyle(
  values: readonly string[],
  plan: Pick<CsvReadPlan, 'decimal' | 'thousands'>,
  separator: string,
): NumberStyle | null {
  const decimals = plan.decimal === 'auto' ? (['.', ','] as const) : [plan.decimal];
  const groups =
    plan.thousands === 'auto'
      ? (['', ',', '.', ' ', "'"] as const)
      : [plan.thousands === 'none' ? ('' as const) : plan.thousands];
  const candidates = decimals.flatMap((decimal) =>
    groups.filter((thousands) => thousands !== decimal).map((thousands) => ({ decimal, thousands })),
  );
  const fitting = candidates.filter((style) => allNumbers(values, style, true));
  const plain = fitting.find((style) => style.decimal === '.' && style.thousands === '');
  const comma = fitting.find((style) => style.decimal === ',');
  const grouped = fitting.find((style) => style.decimal === '.');
  return plain ?? (separator === ',' ? (grouped ?? comma) : (comma ?? grouped)) ?? null;
}
