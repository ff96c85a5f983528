import { random } from '#linalg';

/**
 * A language model of half a megabyte with random weights: the llama architecture in F32, words of single bytes. It knows nothing, but
 * every part of an engine runs on it. Layout: the GGUF specification, version 3, in ggml's docs/gguf.md.
 */
export function tinyGguf(seed = 7): Buffer {
  const tensors = tensorsOf(seed);
  const properties = propertiesOf();
  const head = new Writer();
  head.raw(Buffer.from('GGUF')).u32(3).u64(tensors.length).u64(properties.length);
  for (const [key, type, value] of properties) {
    head.text(key).u32(TYPES[type]);
    head.value(type, value);
  }
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    head.text(name).u32(shape.length);
    for (const size of shape) head.u64(size);
    head.u32(0).u64(offset);
    offset += aligned(data.byteLength);
  }
  head.pad();
  for (const { data } of tensors) head.raw(Buffer.from(data.buffer, data.byteOffset, data.byteLength)).pad();
  return head.bytes();
}

const WIDTH = 64;
const LAYERS = 2;
const HEADS = 4;
const HIDDEN = 128;
const CONTEXT = 2048;
const ALIGNMENT = 32;
const TYPES = { u32: 4, i32: 5, f32: 6, text: 8, texts: 9, floats: 9, ints: 9 } as const;
type Type = keyof typeof TYPES;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Three marks and one word for each byte; 2 unknown, 3 control, 6 byte. */
const WORDS = ['<unk>', '<s>', '</s>', ...Array.from({ length: 256 }, (_, byte) => `<0x${hex(byte)}>`)];
const WORD_TYPES = WORDS.map((_, at) => [2, 3, 3][at] ?? 6);

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

function propertiesOf(): (readonly [string, Type, unknown])[] {
  return [
    ['general.architecture', 'text', 'llama'],
    ['general.name', 'text', 'tiny-random'],
    ['llama.context_length', 'u32', CONTEXT],
    ['llama.embedding_length', 'u32', WIDTH],
    ['llama.block_count', 'u32', LAYERS],
    ['llama.feed_forward_length', 'u32', HIDDEN],
    ['llama.attention.head_count', 'u32', HEADS],
    ['llama.attention.head_count_kv', 'u32', HEADS],
    ['llama.attention.layer_norm_rms_epsilon', 'f32', 1e-5],
    ['llama.rope.dimension_count', 'u32', WIDTH / HEADS],
    ['llama.vocab_size', 'u32', WORDS.length],
    ['tokenizer.ggml.model', 'text', 'llama'],
    ['tokenizer.ggml.tokens', 'texts', WORDS],
    ['tokenizer.ggml.scores', 'floats', WORDS.map(() => 0)],
    ['tokenizer.ggml.token_type', 'ints', WORD_TYPES],
    ['tokenizer.ggml.bos_token_id', 'u32', 1],
    ['tokenizer.ggml.eos_token_id', 'u32', 2],
    ['tokenizer.ggml.unknown_token_id', 'u32', 0],
  ];
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

function tensorsOf(seed: number): Tensor[] {
  const { normal } = random(seed);
  const tensor = (name: string, shape: readonly number[], next: () => number): Tensor => ({
    name,
    shape,
    data: Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, next),
  });
  const weights = (name: string, ...shape: number[]): Tensor => tensor(`${name}.weight`, shape, () => normal() * 0.1);
  const ones = (name: string): Tensor => tensor(`${name}.weight`, [WIDTH], () => 1);
  const layer = (at: number): Tensor[] => {
    const in_ = `blk.${at}`;
    return [
      ones(`${in_}.attn_norm`),
      ...['q', 'k', 'v', 'output'].map((part) => weights(`${in_}.attn_${part}`, WIDTH, WIDTH)),
      ones(`${in_}.ffn_norm`),
      weights(`${in_}.ffn_gate`, WIDTH, HIDDEN),
      weights(`${in_}.ffn_up`, WIDTH, HIDDEN),
      weights(`${in_}.ffn_down`, HIDDEN, WIDTH),
    ];
  };
  return [
    weights('token_embd', WIDTH, WORDS.length),
    ...Array.from({ length: LAYERS }, (_, at) => layer(at)).flat(),
    ones('output_norm'),
    weights('output', WIDTH, WORDS.length),
  ];
}

/** Little-endian values one after another. */
class Writer {
  private readonly parts: Buffer[] = [];
  private length = 0;

  raw(part: Buffer): this {
    this.parts.push(part);
    this.length += part.length;
    return this;
  }

  u32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeUInt32LE(value);
    return this.raw(part);
  }

  u64(value: number): this {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(value));
    return this.raw(part);
  }

  f32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeFloatLE(value);
    return this.raw(part);
  }

  text(value: string): this {
    const part = Buffer.from(value);
    return this.u64(part.length).raw(part);
  }

  value(type: Type, value: unknown): void {
    if (type === 'text') this.text(value as string);
    else if (type === 'f32') this.f32(value as number);
    else if (type === 'u32' || type === 'i32') this.u32(value as number);
    else {
      const items = value as readonly unknown[];
      const inner = ({ texts: 'text', floats: 'f32', ints: 'i32' } as const)[type];
      this.u32(TYPES[inner]).u64(items.length);
      for (const item of items) this.value(inner, item);
    }
  }

  pad(): this {
    return this.raw(Buffer.alloc(aligned(this.length) - this.length));
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}
