import { describe, expect, it } from 'vitest';

import { CodecError } from './codec-error.js';
import { decodeStream, decodeTree } from './decode-tree.js';
import { encodeStream, encodeTree } from './encode-tree.js';
import { RecordReader } from './record-reader.js';
import { Float, type StreamTree, type Tree } from './tree.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** Made with the encoder of the server these clients know (reference/trackers 2a.4). */
const vectors: readonly [name: string, tree: Tree, bytes: string][] = [
  ['an integer', { r1: { a: 1 } }, '050000007231fe61fe09000000020100000000000000'],
  ['a key that is a number', new Map([[7, 'line']]), '0a000000fe0000000000000007fe05000000046c696e65'],
  [
    'a list and an empty object',
    { r1: { l: [true, null, 2.5, 'x'], e: {} } },
    '050000007231fe6cfe01000000060f0000007231fe6cfefe0000000000000000fe0200000001010f0000007231fe6cfefe0000000000000001fe' +
      '01000000000f0000007231fe6cfefe0000000000000002fe090000000300000000000004400f0000007231fe6cfefe0000000000000003fe' +
      '020000000478050000007231fe65fe0100000007',
  ],
  [
    'progress',
    { progress_0: [3, 10] },
    '0b00000070726f67726573735f30fe01000000061500000070726f67726573735f30fefe0000000000000000fe0900000002030000000000000015' +
      '00000070726f67726573735f30fefe0000000000000001fe09000000020a00000000000000',
  ],
];

/** A small generator, so that a failure can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const WORDS = ['a', 'loss', '__proto__', 'constructor', 'ключ', '漢字', '0', '12', 'with.dot', 'þ', '\u{1f600}', ' '];

function randomTree(random: () => number, depth: number): Tree {
  const pick = Math.floor(random() * (depth > 0 ? 14 : 10));
  const some = <T>(make: () => T): T[] => Array.from({ length: Math.floor(random() * 5) }, make);
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)]!;
  if (pick >= 12) return some(() => randomTree(random, depth - 1));
  if (pick >= 10) return Object.fromEntries(some(() => [word(), randomTree(random, depth - 1)] as const));
  const leaves: readonly Tree[] = [
    null,
    random() < 0.5,
    Math.floor((random() - 0.5) * 2 ** 53),
    (random() - 0.5) * 1e300,
    2n ** 62n,
    word() + word(),
    Uint8Array.from(some(() => random() * 256)),
    Float64Array.from(some(() => random())),
    '',
    -(2n ** 63n),
  ];
  return leaves[pick]!;
}

const inPieces = async function* (bytes: Uint8Array, random: () => number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length;) {
    const next = at + 1 + Math.floor(random() * 40);
    yield bytes.subarray(at, next);
    at = next;
  }
};
const all = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
};
const stream = async function* (...trees: StreamTree[]): AsyncGenerator<StreamTree> {
  await Promise.resolve();
  yield* trees;
};
const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof CodecError) return error.fault;
    throw error;
  }
  return 'none';
};

describe('the binary codec', () => {
  it.each(vectors)('writes %s byte for byte, and reads it', (_name, tree, bytes) => {
    expect(hex(encodeTree(tree))).toBe(bytes);
    expect(decodeTree(bytesOf(bytes))).toEqual(tree instanceof Map ? Object.fromEntries(tree) : tree);
  });

  it('writes whole floats as floats when told so, and -0, NaN and infinities', () => {
    expect(hex(encodeTree({ a: new Float(1) }))).toBe('0200000061fe0900000003000000000000f03f');
    const read = decodeTree(encodeTree({ zero: -0, nan: NaN, up: Infinity })) as Record<string, number>;
    expect(read).toEqual({ zero: -0, nan: NaN, up: Infinity });
  });

  it('reads what it wrote, for random trees cut anywhere', async () => {
    const random = randomOf(7);
    for (let round = 0; round < 400; round++) {
      const tree = { root: randomTree(random, 5) };
      const bytes = encodeTree(tree);
      expect(decodeTree(bytes)).toEqual(tree);
      expect(await all(decodeStream(inPieces(bytes, random)))).toEqual([{ key: 'root', tree: tree.root }]);
    }
  });

  it('reads byte by byte', async () => {
    const bytes = bytesOf(vectors[2]![2] + vectors[3]![2]);
    expect((await all(decodeStream(stream1(bytes)))).map(({ key }) => key)).toEqual(['r1', 'progress_0']);
  });

  it('gives names with a meaning in JavaScript as plain names', () => {
    const read = decodeTree(encodeTree(JSON.parse('{"__proto__":{"polluted":1},"a":{"constructor":2}}') as Tree));
    expect(Object.keys(read as object)).toEqual(['__proto__', 'a']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('streams trees one by one, lists while they are made', async () => {
    let made = 0;
    const items = async function* (): AsyncGenerator<Tree> {
      for (; made < 5000; made++) yield { name: `metric ${made}`, values: new Float64Array(10) };
      await Promise.resolve();
    };
    const chunks: number[] = [];
    const parts: Uint8Array[] = [];
    for await (const chunk of encodeStream(stream({ r1: { traces: items(), props: { name: 'x' } } }, { r2: 1 }))) {
      if (chunks.length === 0) expect(made).toBeLessThan(1000);
      chunks.push(chunk.length);
      parts.push(chunk);
    }
    expect(Math.max(...chunks)).toBeLessThan(70_000);
    const read = await all(decodeStream(stream2(parts)));
    expect(read.map(({ key }) => key)).toEqual(['r1', 'r2']);
    const first = read[0]!.tree as unknown as { traces: { name: string; values: Float64Array }[]; props: unknown };
    expect([first.traces.length, first.traces[4999]!.name, first.props]).toEqual([5000, 'metric 4999', { name: 'x' }]);
  });

  const refused: readonly [what: string, fault: string, work: () => unknown][] = [
    ['a key longer than the limit', 'too-large', () => decodeTree(bytesOf('ffffffff'))],
    ['a value longer than the limit', 'too-large', () => decodeTree(bytesOf('0200000061feffffff7f'))],
    ['an end within a length', 'truncated', () => decodeTree(bytesOf('0200'))],
    ['an end within a value', 'truncated', () => decodeTree(bytesOf('0200000061fe0900000002'))],
    ['a key without its end', 'bad-key', () => decodeTree(bytesOf('01000000610100000000'))],
    ['a number in a key that is cut', 'bad-key', () => decodeTree(bytesOf('03000000fe00fe0100000000'))],
    ['a key that is not UTF-8', 'bad-key', () => decodeTree(bytesOf('02000000fffe0100000000'))],
    ['an unknown type', 'bad-value', () => decodeTree(bytesOf('0200000061fe0100000009'))],
    ['a value without a type', 'bad-value', () => decodeTree(bytesOf('0200000061fe00000000'))],
    ['an integer of seven bytes', 'bad-value', () => decodeTree(bytesOf('0200000061fe080000000201000000000000'))],
    ['a text that is not UTF-8', 'bad-value', () => decodeTree(bytesOf('0200000061fe0200000004ff'))],
    ['the same key twice', 'conflict', () => decodeTree(bytesOf('0200000061fe01000000000200000061fe0100000000'))],
    ['a child of a leaf', 'conflict', () => decodeTree(bytesOf('0200000061fe01000000000400000061fe62fe0100000000'))],
    [
      'an item far beyond a list',
      'conflict',
      () =>
        decodeTree(
          bytesOf('0200000061fe01000000060c00000061fefe00000000ffffffff00fe0100000000'.replace('ff00fe', 'fffe')),
        ),
    ],
    ['a key of 300 parts', 'too-deep', () => decodeTree(bytesOf(`58020000${'61fe'.repeat(300)}0100000000`))],
    [
      'a tree too deep to write',
      'too-deep',
      () => encodeTree(Array.from({ length: 300 }).reduce<Tree>((tree) => [tree], 1)),
    ],
    ['an empty name to write', 'bad-key', () => encodeTree({ '': 1 })],
    ['an integer beyond 64 bits', 'bad-value', () => encodeTree({ a: 2n ** 63n })],
  ];
  it.each(refused)('refuses %s', (_what, fault, work) => expect(faultOf(work)).toBe(fault));

  it('answers any bytes with records or a CodecError, and keeps no more than was sent', () => {
    const random = randomOf(11);
    const valid = encodeTree({ r1: { l: [1, 2.5, 'text', [null]], e: {} }, r2: new Float64Array(8) });
    for (let round = 0; round < 3000; round++) {
      const bytes = valid.slice(0, Math.floor(random() * valid.length) + 1);
      for (let flips = 0; flips < 3; flips++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      faultOf(() => decodeTree(bytes));
      faultOf(() => [...new RecordReader({ keyBytes: 50, valueBytes: 50 }).push(bytes)]);
    }
  });
});

const stream1 = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const byte of bytes) yield Uint8Array.of(byte);
};
const stream2 = async function* (parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* parts;
};
