import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { CredentialEntity } from '#persistence';

import type { Ports } from '../ports.js';

const NONCE = 12;
const TAG = 16;

/** The key that was kept under a name; undefined without one, or when it was sealed with another secret. */
export async function credentialKey(ports: Ports, name: string): Promise<string | undefined> {
  const row = await ports.db.manager.findOneBy(CredentialEntity, { name });
  return row === null ? undefined : unseal(await secretOf(ports), row.sealed_key, name);
}

/** Nonce, ciphertext and tag of AES-256-GCM; the name is bound to it, so that a row cannot be passed off as another. */
export async function sealKey(ports: Ports, name: string, key: string): Promise<Buffer> {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', await secretOf(ports), nonce).setAAD(Buffer.from(name));
  return Buffer.concat([nonce, cipher.update(key, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function unseal(secret: Buffer, sealed: Buffer, name: string): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, NONCE))
    .setAAD(Buffer.from(name))
    .setAuthTag(sealed.subarray(-TAG));
  try {
    return decipher.update(sealed.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

/** A file of the home folder that is not in the database: who copies the database has no keys. Made by whoever needs it first. */
async function secretOf({ config }: Ports): Promise<Buffer> {
  const path = join(config.home, 'credential.key');
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(randomBytes(32).toString('hex'));
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
}
