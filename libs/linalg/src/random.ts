/** A seeded stream of random numbers. */
export interface Random {
  /** An integer in [0, 2³²). */
  readonly uint32: () => number;
  /** A float in [0, 1) with 53 random bits. */
  readonly float: () => number;
  /** A draw from the standard normal distribution. */
  readonly normal: () => number;
  /** An integer in [0, n), for n up to 2³². */
  readonly below: (n: number) => number;
}

/** The finaliser of MurmurHash3: every bit of the word reaches every bit of the result. */
function mixed(word: number): number {
  let z = word | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) | 0;
}

/** A seed for one part of a job (a tree, a fold), a uint32 independent of the number of threads and the order of work. */
export function deriveSeed(seed: number, key: number | string): number {
  let hash = mixed(seed ^ mixed(Math.floor(seed / 0x100000000) + 0x9e3779b9));
  for (const char of String(key)) hash = mixed(Math.imul(hash, 31) + char.codePointAt(0)! + 0x6d2b79f5);
  return hash >>> 0;
}

/** A generator of period above 2⁶⁴, equal for equal seeds (integers up to 2⁵³). Source: sfc32 of PractRand by C. Doty-Humphrey. */
export function random(seed: number): Random {
  // The state stays in the int32 range so that the engine keeps it unboxed.
  let a = mixed(seed);
  let b = mixed(Math.floor(seed / 0x100000000) ^ 0x5bd1e995);
  let c = mixed(a + 0x3c6ef372);
  let counter = 1;
  let spare = Number.NaN;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  const float = (): number => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000;
  return {
    uint32: next,
    float,
    below: (n) => Math.floor((next() * n) / 0x100000000),
    normal: () => {
      // Marsaglia's polar method makes two at a time.
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = Number.NaN;
        return value;
      }
      for (;;) {
        const u = 2 * float() - 1;
        const v = 2 * float() - 1;
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    },
  };
}
