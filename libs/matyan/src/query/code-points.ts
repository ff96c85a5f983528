const SURROGATE = /[\ud800-\udfff]/;

/** A text's characters as Python counts them. */
export const pointsOf = (text: string): readonly string[] => (SURROGATE.test(text) ? Array.from(text) : text.split(''));
/** How many there are. */
export const lengthOf = (text: string): number => (SURROGATE.test(text) ? Array.from(text).length : text.length);

/** Order by code points: JavaScript's, by halves of pairs, puts emoji before U+FFFF. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : 1;
  const left = pointsOf(a);
  const right = pointsOf(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
