/** How many bits its absolute value takes. */
export function bitLength(value: bigint): number {
  const size = value < 0n ? -value : value;
  return size === 0n ? 0 : size < 2n ** 53n ? Math.floor(Math.log2(Number(size))) + 1 : size.toString(16).length * 4;
}

/** Rounded towards minus infinity. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** With the sign of the divisor. */
export function floorModulo(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

/** The double nearest to a / b; b is not 0. Infinite when there is none. */
export function trueDivide(a: bigint, b: bigint): number {
  const left = Number(a);
  const right = Number(b);
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left / right;
  // 66 bits of the quotient and one that says whether anything is left: Number() rounds them as the exact value.
  const shift = bitLength(b) - bitLength(a) + 70;
  const negative = a < 0n !== b < 0n;
  const [top, bottom] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const [scaledTop, scaledBottom] = shift > 0 ? [top << BigInt(shift), bottom] : [top, bottom << BigInt(-shift)];
  const quotient = ((scaledTop / scaledBottom) << 1n) | (scaledTop % scaledBottom === 0n ? 0n : 1n);
  const half = Math.floor((-shift - 1) / 2);
  const size = Number(quotient) * 2 ** half * 2 ** (-shift - 1 - half);
  return negative ? -size : size;
}

/** Mantissa and exponent of two: the double is exactly `mantissa * 2 ** exponent`. */
export function exactParts(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: (biased === 0 ? 1 : biased) - 1075 };
}
