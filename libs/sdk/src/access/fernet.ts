import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const VERSION = 0x80;
const HEAD = 25;
const MAC = 32;

/** Fernet (github.com/fernet/spec): AES-128-CBC under HMAC-SHA256, as Python's `cryptography` writes the token file. */
export function decryptFernet(token: string, key: string): string {
  const { signing, encryption } = keysOf(key);
  const bytes = Buffer.from(token.trim(), 'base64url');
  if (bytes.length < HEAD + MAC + 16 || bytes[0] !== VERSION) throw new Error('This is no Fernet token');
  const signed = bytes.subarray(0, -MAC);
  if (!timingSafeEqual(createHmac('sha256', signing).update(signed).digest(), bytes.subarray(-MAC)))
    throw new Error('The Fernet token was made with another key');
  const decipher = createDecipheriv('aes-128-cbc', encryption, bytes.subarray(9, HEAD));
  return Buffer.concat([decipher.update(signed.subarray(HEAD)), decipher.final()]).toString('utf8');
}

/** The way back. */
export function encryptFernet(text: string, key: string): string {
  const { signing, encryption } = keysOf(key);
  const head = Buffer.alloc(9);
  head[0] = VERSION;
  head.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000)), 1);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', encryption, iv);
  const signed = Buffer.concat([head, iv, cipher.update(text, 'utf8'), cipher.final()]);
  const mac = createHmac('sha256', signing).update(signed).digest();
  return padded(Buffer.concat([signed, mac]));
}

/** A new key. */
export const fernetKey = (): string => padded(randomBytes(32));

/** Python's decoder wants the signs at the end that Node leaves away. */
function padded(bytes: Buffer): string {
  const text = bytes.toString('base64url');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function keysOf(key: string): { signing: Buffer; encryption: Buffer } {
  const bytes = Buffer.from(key.trim(), 'base64url');
  if (bytes.length !== 32) throw new Error('A Fernet key has 32 bytes');
  return { signing: bytes.subarray(0, 16), encryption: bytes.subarray(16) };
}
