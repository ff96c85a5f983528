import { open } from 'node:fs/promises';

import { AppError } from '#contract';

/** The fixed head of a GGUF file and room for the name of its first property. */
const HEAD_BYTES = 24 + 8 + 256;
const VERSIONS = [2, 3];
const MOST = 1_000_000n;

/**
 * Refuses what is not a GGUF file by its head: magic, version, counts of tensors and properties, a first property with a plain name.
 * Source: the GGUF specification in ggml's docs/gguf.md.
 * @throws AppError `weights-unusable` {name, reason}.
 */
export async function checkGguf(name: string, path: string): Promise<void> {
  const head = Buffer.alloc(HEAD_BYTES);
  const file = await open(path);
  try {
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    const reason = faultOf(head.subarray(0, bytesRead));
    if (reason !== null) throw new AppError('weights-unusable', { name, reason });
  } finally {
    await file.close();
  }
}

function faultOf(head: Buffer): string | null {
  if (head.length < 33) return `GGUF < ${head.length} B`;
  if (head.toString('latin1', 0, 4) !== 'GGUF') return 'GGUF?';
  if (!VERSIONS.includes(head.readUInt32LE(4))) return `GGUF v${head.readUInt32LE(4)}`;
  const tensors = head.readBigUInt64LE(8);
  const properties = head.readBigUInt64LE(16);
  if (tensors === 0n || tensors > MOST || properties === 0n || properties > MOST)
    return `GGUF: ${tensors} × ${properties}`;
  const length = head.readBigUInt64LE(24);
  if (length === 0n || length > 255n) return 'GGUF: key';
  return /^[\w.-]+$/.test(head.toString('latin1', 32, 32 + Number(length))) ? null : 'GGUF: key';
}
